import { describe, expect } from "vitest";
import { idsOf, minute, type OpenStore, otherChannel, storeTests } from "./store-world.ts";

export function contactTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("finds a contact by its id, its conversation and its customer's link", async (world) => {
      const { store } = world;
      const contact = await world.contact({
        address: "+491701234567",
        displayName: "Ada",
        attributes: { plan: "gold", "": "" },
      });

      expect(await store.findContact(contact.id)).toEqual(contact);
      expect(await store.findContactByConversation(contact.conversationId)).toEqual(contact);
      expect(await store.findContactByChatToken(contact.chatToken)).toEqual(contact);
      expect(await store.findContact(contact.conversationId)).toBeUndefined();
    });

    test("lists contacts newest first, filtered and from a place on", async (world) => {
      const { store } = world;
      const [first, second, third] = await world.contacts(3);
      const elsewhere = await world.contact({ channel: otherChannel });
      await store.updateContact(second?.id ?? "", { state: "closed" }, world.now());

      const all = await store.listContacts({ limit: 10 });
      const page = await store.listContacts({ limit: 2, beforeSeq: all[0]?.seq ?? 0 });
      const closed = await store.listContacts({ state: "closed", limit: 10 });
      const others = await store.listContacts({ channel: otherChannel, limit: 10 });

      expect(idsOf(all)).toEqual([elsewhere.id, third?.id, second?.id, first?.id]);
      expect(idsOf(page)).toEqual([third?.id, second?.id]);
      expect(idsOf(closed)).toEqual([second?.id]);
      expect(idsOf(others)).toEqual([elsewhere.id]);
    });

    test("closes and reopens a conversation, and tells each once", async (world) => {
      const { store } = world;
      const { id } = await world.contact({ displayName: "Ada" });
      const closedAt = world.now();

      const closed = await store.updateContact(id, { state: "closed" }, closedAt);
      const again = await store.updateContact(id, { state: "closed", displayName: "Eve" }, closedAt + minute);
      const reopened = await store.updateContact(id, { state: "active" }, closedAt + 2 * minute);

      expect(closed).toMatchObject({ state: "closed", closedAt, updatedAt: closedAt, displayName: "Ada" });
      expect(again).toMatchObject({ closedAt, updatedAt: closedAt + minute, displayName: "Eve" });
      expect(reopened).not.toHaveProperty("closedAt");
      expect(await store.findContact(id)).toEqual(reopened);
      const states = (await store.readEvents(0, 10)).map((event) => "state" in event && event.state);
      expect(states).toEqual(["active", "closed", "active"]);
    });

    test("changes attributes as a whole, and only what it is given", async (world) => {
      const { store } = world;
      const { id } = await world.contact({ displayName: "Ada", attributes: { plan: "gold", since: "2020" } });

      await store.updateContact(id, { attributes: { plan: "silver" } }, world.now());

      expect(await store.findContact(id)).toMatchObject({
        displayName: "Ada",
        attributes: { plan: "silver" },
      });
      expect((await store.findContact(id))?.attributes).not.toHaveProperty("since");
      expect(await store.updateContact("nobody", { displayName: "Eve" }, world.now())).toBeUndefined();
    });

    test("forgets all of a deleted contact but that it is gone", async (world) => {
      const { store } = world;
      const { id, conversationId } = await world.contact();
      const sent = await world.message(id);
      await world.deliverAll();
      await world.message(id);
      await store.acceptMessage(world.newMessage(id), world.key());

      expect(await store.deleteContact(id, world.now())).toBe(true);
      expect(await store.deleteContact(id, world.now())).toBe(false);

      expect(await store.findContact(id)).toBeUndefined();
      expect(await store.findMessage(id, sent.id)).toBeUndefined();
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toEqual([]);
      expect(await store.listAttempts(sent.id)).toEqual([]);
      expect(await store.listStatuses(sent)).toEqual([]);
      expect(await world.claims()).toEqual({ claims: [], nextInMs: undefined });
      expect(await store.readEvents(0, 10)).toMatchObject([
        { type: "conversation.state", contactId: id, conversationId, state: "deleted" },
      ]);
      expect(await store.acceptMessage(world.newMessage(id), world.key())).toEqual({ kind: "no-contact" });
      const other = await world.contact();
      const key = await store.acceptMessage(world.newMessage(other.id), world.key());
      expect(key.kind).toBe("created");
    });

    test("counts the messages of conversations that were open in a time", async (world) => {
      const { store } = world;
      const [early, late] = await world.contacts(2);
      await world.message(early?.id ?? "");
      await world.message(early?.id ?? "");
      const from = world.now() + minute;
      await store.updateContact(early?.id ?? "", { state: "closed" }, from - 1);

      const range = { to: from + minute, order: "asc", limit: 10, offset: 0 } as const;
      const before = await store.queryConversations({ ...range, from: from - minute });
      const after = await store.queryConversations({ ...range, from });
      const named = await store.queryConversations({
        ...range,
        from: from - minute,
        order: "desc",
        limit: 1,
        conversationIds: [late?.conversationId ?? "", early?.conversationId ?? ""],
      });

      expect(before.conversations).toMatchObject([
        { contact: { id: early?.id }, outboundMessages: 2, inboundMessages: 0 },
        { contact: { id: late?.id }, outboundMessages: 0, inboundMessages: 0 },
      ]);
      expect(after).toMatchObject({ total: 1, conversations: [{ contact: { id: late?.id } }] });
      expect(named).toMatchObject({ total: 2, conversations: [{ contact: { id: late?.id } }] });
    });

    test("hands out copies: to change one changes nothing that is kept", async (world) => {
      const attributes = { plan: "gold" };
      const { id } = await world.contact({ attributes });
      attributes.plan = "silver";

      const found = await world.store.findContact(id);
      if (found?.attributes) found.attributes.plan = "bronze";

      expect((await world.store.findContact(id))?.attributes).toEqual({ plan: "gold" });
    });
  });
}

import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type { LinkedMessageRecord } from "../../src/store/link-store.ts";
import { expectAbout, minute, type OpenStore, type StoreWorld, storeTests } from "./store-world.ts";

const integrationId = "integration-1";
const request = { limit: 10, leaseMs: minute };

function linked(world: StoreWorld, more: Partial<LinkedMessageRecord> = {}): LinkedMessageRecord {
  const base = { messageId: randomUUID(), contactId: randomUUID(), integrationId, remoteId: "remote-1" };
  return { ...base, role: "origin", part: 0, parts: 1, createdAt: world.now(), ...more };
}

/** What the store keeps of the link to Genesys Cloud. */
export function linkTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("keeps where a message is, and the first word on it", async (world) => {
      const { store } = world;
      const { id: contactId } = await world.contact();
      const record = linked(world, { contactId });

      expect(await store.findLinkedMessage(record.messageId)).toBeUndefined();
      await store.recordLinkedMessage(record);
      await store.recordLinkedMessage({ ...record, remoteId: "remote-2", role: "transcript" });

      expect(await store.findLinkedMessage(record.messageId)).toEqual(record);
    });

    test("forgets where a contact's messages are with the contact, and only its", async (world) => {
      const { store } = world;
      const [gone, stays] = [await world.contact(), await world.contact()];
      const [of, other] = [linked(world, { contactId: gone.id }), linked(world, { contactId: stays.id })];
      await store.recordLinkedMessage(of);
      await store.recordLinkedMessage(other);

      await store.deleteContact(gone.id, world.now());

      expect(await store.findLinkedMessage(of.messageId)).toBeUndefined();
      expect(await store.findLinkedMessage(other.messageId)).toEqual(other);
    });

    test("keeps one conversation for a contact, until it is told to forget it, also without the contact", async (world) => {
      const { store } = world;
      const { id: contactId } = await world.contact();
      await store.linkConversation({ contactId, integrationId, remoteId: "one" }, minute);
      await store.linkConversation({ contactId, integrationId, remoteId: "two" }, minute);
      await store.deleteContact(contactId, world.now());

      const kept = { contactId, integrationId, remoteId: "two", phase: "open" };
      expect(await store.findLinkedConversation(contactId)).toEqual(kept);

      await store.forgetLinkedConversation(contactId);
      expect(await store.findLinkedConversation(contactId)).toBeUndefined();
    });

    test("has a conversation looked at when it is due, by one process at a time", async (world) => {
      const { store } = world;
      await store.linkConversation({ contactId: "a", integrationId, remoteId: "1" }, minute);
      const early = await store.claimConversationChecks(request);
      expect(early.conversations).toEqual([]);
      expectAbout(early.nextInMs, minute);

      world.advance(2 * minute);
      const [one, other] = await Promise.all([
        store.claimConversationChecks(request),
        store.claimConversationChecks(request),
      ]);
      const claimed = [...one.conversations, ...other.conversations];
      expect(claimed.map(({ remoteId }) => remoteId)).toEqual(["1"]);

      world.advance(2 * minute);
      expect((await store.claimConversationChecks(request)).conversations).toHaveLength(1);
    });

    test("looks at those first that have been due longest, so many at once", async (world) => {
      const { store } = world;
      for (const [place, contactId] of ["c", "a", "b"].entries()) {
        await store.linkConversation({ contactId, integrationId, remoteId: contactId }, place * minute);
      }
      world.advance(10 * minute);

      const first = await store.claimConversationChecks({ ...request, limit: 2 });
      const second = await store.claimConversationChecks({ ...request, limit: 2 });

      expect(first.conversations.map(({ contactId }) => contactId).sort()).toEqual(["a", "c"]);
      expect(second.conversations.map(({ contactId }) => contactId)).toEqual(["b"]);
    });

    test("hearing of a conversation again brings its turn forward, and never puts it off", async (world) => {
      const { store } = world;
      const conversation = { contactId: "a", integrationId, remoteId: "1" };
      await store.linkConversation(conversation, 10 * minute);
      await store.linkConversation(conversation, minute);
      await store.linkConversation(conversation, 30 * minute);
      world.advance(2 * minute);

      expect((await store.claimConversationChecks(request)).conversations).toHaveLength(1);
    });

    test("looks no more at one that has ended, until it is heard of again", async (world) => {
      const { store } = world;
      const conversation = { contactId: "a", integrationId, remoteId: "1" };
      await store.linkConversation(conversation, 0);
      await store.settleConversationCheck(conversation, { phase: "ended" });
      world.advance(minute);

      expect(await store.claimConversationChecks(request)).toEqual({
        conversations: [],
        nextInMs: undefined,
      });
      expect((await store.findLinkedConversation("a"))?.phase).toBe("ended");

      await store.linkConversation(conversation, 0);
      world.advance(minute);
      expect((await store.claimConversationChecks(request)).conversations).toHaveLength(1);
    });

    test("what was seen of a conversation changes nothing of the one after it", async (world) => {
      const { store } = world;
      await store.linkConversation({ contactId: "a", integrationId, remoteId: "2" }, 0);

      await store.settleConversationCheck({ contactId: "a", remoteId: "1" }, { phase: "ended" });
      await store.settleConversationCheck({ contactId: "a", remoteId: "1" }, { nextInMs: 60 * minute });
      world.advance(minute);

      expect((await store.claimConversationChecks(request)).conversations).toHaveLength(1);
    });

    test("a conversation can wait for an agent, which is told as an event", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const after = await store.lastEventId();

      await store.updateContact(id, { state: "queued" }, world.now());
      await store.updateContact(id, { state: "queued" }, world.now());

      const events = await store.readEvents(after, 10, id);
      expect(events).toMatchObject([{ type: "conversation.state", state: "queued" }]);
      expect((await world.store.acceptMessage(world.newMessage(id))).kind).toBe("created");
    });
  });
}

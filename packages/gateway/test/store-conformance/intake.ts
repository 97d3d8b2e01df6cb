import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type { InboundRecord } from "../../src/store/records.ts";
import { idsOf, minute, type OpenStore, type StoreWorld, storeTests } from "./store-world.ts";

function inbound(
  world: StoreWorld,
  contactId: string,
  clientMessageId?: string,
): Omit<InboundRecord, "conversationId"> {
  return {
    id: randomUUID(),
    contactId,
    direction: "inbound",
    status: "received",
    content: { type: "text", text: "Hi" },
    createdAt: world.now(),
    ...(clientMessageId === undefined ? {} : { clientMessageId }),
  };
}

export function intakeTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("keeps a message with all that it came with", async (world) => {
      const { store } = world;
      const contact = await world.contact();
      const message = await world.message(contact.id, {
        content: { type: "quick-reply", title: "Which? \u{1f44d}", choices: [{ label: "A", value: "a" }] },
        metadata: { order: "7", empty: "" },
        mode: "at-least-once",
        sendAt: world.now() + minute,
      });

      const found = await store.findMessage(contact.id, message.id);

      expect(message.conversationId).toBe(contact.conversationId);
      expect(found).toEqual({ ...message, seq: expect.any(Number) });
      expect(await store.findMessage((await world.contact()).id, message.id)).toBeUndefined();
      expect(await store.listAttempts(message.id)).toEqual([]);
      expect(await world.statuses(message)).toEqual(["queued"]);
    });

    test("refuses a message to nobody and to a closed conversation", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      await store.updateContact(id, { state: "closed" }, world.now());

      expect(await store.acceptMessage(world.newMessage(randomUUID()))).toEqual({ kind: "no-contact" });
      expect(await store.acceptMessage(world.newMessage(id))).toEqual({ kind: "closed" });
      expect(await store.acceptInbound(inbound(world, randomUUID()))).toEqual({ kind: "no-contact" });
      expect(await store.acceptInbound(inbound(world, id))).toEqual({ kind: "closed" });
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toEqual([]);
    });

    test("tells the conversation in the order of the answers, both directions, in pages", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const other = await world.contact();
      const first = await world.message(id);
      const second = await store.acceptInbound(inbound(world, id));
      await world.message(other.id);
      const third = await world.message(id);
      if (second.kind !== "created") throw new Error(second.kind);
      const expected = [first.id, second.record.id, third.id];

      const oldest = await store.listMessages(id, { order: "oldest-first", limit: 2 });
      const rest = await store.listMessages(id, {
        order: "oldest-first",
        limit: 2,
        afterSeq: oldest[1]?.seq ?? 0,
      });
      const newest = await store.listMessages(id, { order: "newest-first", limit: 2 });
      const before = await store.listMessages(id, {
        order: "newest-first",
        limit: 2,
        beforeSeq: newest[1]?.seq ?? 0,
      });

      expect([...idsOf(oldest), ...idsOf(rest)]).toEqual(expected);
      expect([...idsOf(newest), ...idsOf(before)]).toEqual(expected.toReversed());
    });

    test("takes what the customer sent once, and notes when it came", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const first = inbound(world, id, "from-the-page");

      const taken = await Promise.all([
        store.acceptInbound(first),
        store.acceptInbound({ ...inbound(world, id, "from-the-page") }),
        store.acceptInbound(inbound(world, id)),
        store.acceptInbound(inbound(world, id)),
      ]);
      const other = await world.contact();
      const elsewhere = await store.acceptInbound(inbound(world, other.id, "from-the-page"));

      expect(taken.map(({ kind }) => kind).toSorted()).toEqual(["created", "created", "created", "repeated"]);
      expect(elsewhere.kind).toBe("created");
      expect(await store.findContact(id)).toMatchObject({ lastInboundAt: expect.any(Number) });
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toHaveLength(3);
      const events = await store.readEvents(0, 20, id);
      expect(events.filter(({ type }) => type === "message.inbound")).toHaveLength(3);
    });

    test("keeps the bytes that a message brings, once and for as long as the message", async (world) => {
      const { store } = world;
      const [{ id }, other] = [await world.contact(), await world.contact()];
      const bytes = Uint8Array.from({ length: 300_000 }, (_, n) => n % 256);
      const first = inbound(world, id, "picture");

      const taken = await Promise.all([
        store.acceptInbound(first, bytes),
        store.acceptInbound({ ...first, id: randomUUID() }, Uint8Array.of(1)),
      ]);
      const elsewhere = inbound(world, other.id);
      await store.acceptInbound(elsewhere, Uint8Array.of(0, 255));
      const bare = inbound(world, id);
      await store.acceptInbound(bare);

      expect(taken.map(({ kind }) => kind)).toEqual(["created", "repeated"]);
      expect(taken[1]).toMatchObject({ record: { id: first.id } });
      expect(Buffer.from((await store.readMedia(first.id)) ?? []).equals(bytes)).toBe(true);
      expect(await store.readMedia(bare.id)).toBeUndefined();
      await store.updateContact(id, { state: "closed" }, world.now());
      const late = inbound(world, id);
      expect(await store.acceptInbound(late, bytes)).toEqual({ kind: "closed" });
      expect(await store.readMedia(late.id)).toBeUndefined();
      await store.deleteContact(id, world.now());
      expect(await store.readMedia(first.id)).toBeUndefined();
      expect([...((await store.readMedia(elsewhere.id)) ?? [])]).toEqual([0, 255]);
      world.advance(minute);
      expect(await store.removeFinished(world.now(), 10)).toBe(1);
      expect(await store.readMedia(elsewhere.id)).toBeUndefined();
    });

    test("gives messages that arrive at once each a place of its own, and delivers them in it", async (world) => {
      const { store } = world;
      const { id } = await world.contact();

      await Promise.all(Array.from({ length: 50 }, () => world.message(id)));

      const history = idsOf(await store.listMessages(id, { order: "oldest-first", limit: 100 }));
      expect(new Set(history).size).toBe(50);
      expect(await world.deliverAll()).toEqual(history);
    });

    test("calls those who wait for work and for news", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const heard = new Set<string>();
      const stop = store.onChange((change) => heard.add(change));

      await world.message(id);
      expect(heard).toEqual(new Set(["events", "messages"]));
      stop();
      heard.clear();
      await world.message(id);

      expect(heard).toEqual(new Set());
    });
  });
}

import { describe, expect } from "vitest";
import { deadLetters } from "../../src/delivery/message-state.ts";
import {
  day,
  idsOf,
  minute,
  type OpenStore,
  otherChannel,
  type StoreWorld,
  storeTests,
} from "./store-world.ts";

async function failedMessage(world: StoreWorld, contactId: string): Promise<string> {
  const { id } = await world.message(contactId);
  await world.failed(await world.claim());
  return id;
}

export function administrationTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("finds messages of all contacts by status, contact, channel and age", async (world) => {
      const { store } = world;
      const [one, other] = await world.contacts(2);
      const first = await failedMessage(world, one?.id ?? "");
      const second = await failedMessage(world, other?.id ?? "");
      world.advance(10 * minute);
      const later = world.now();
      world.advance(minute);
      const { id: third } = await world.message(one?.id ?? "");
      await world.unknown(await world.claim());
      await world.message(one?.id ?? "");

      const find = async (filter: Partial<Parameters<typeof store.findMessages>[0]>) =>
        idsOf(await store.findMessages({ statuses: deadLetters, limit: 10, ...filter }));

      expect(await find({})).toEqual([third, second, first]);
      expect(await find({ order: "oldest-first" })).toEqual([first, second, third]);
      expect(await find({ order: "oldest-first", limit: 2 })).toEqual([first, second]);
      expect(await find({ statuses: ["unknown"] })).toEqual([third]);
      expect(await find({ statuses: [] })).toEqual([]);
      expect(await find({ contactId: one?.id ?? "" })).toEqual([third, first]);
      expect(await find({ createdBefore: later })).toEqual([second, first]);
      expect(await find({ channel: otherChannel })).toEqual([]);
      const [newest] = await store.findMessages({ statuses: deadLetters, limit: 1 });
      expect(await find({ beforeSeq: newest?.seq ?? 0 })).toEqual([second, first]);
      expect(await store.findMessage(one?.id ?? "", third)).toEqual(newest);
      expect(await store.locateMessage(third)).toEqual(newest);
      expect(await store.locateMessage(one?.id ?? "")).toBeUndefined();
    });

    test("takes back a message that waits", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const waiting = await world.message(id);
      const next = await world.message(id);

      expect(await store.cancelMessage(waiting.id)).toBe(true);
      expect(await store.cancelMessage(waiting.id)).toBe(false);

      expect(await world.statuses(waiting)).toEqual(["queued", "cancelled"]);
      expect(await world.deliverAll()).toEqual([next.id]);
      expect(await store.cancelMessage(next.id)).toBe(false);
      expect(await store.cancelMessage("nothing")).toBe(false);
    });

    test("takes back a message that waits to be tried again, and goes on at once", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const waiting = await world.message(id);
      const next = await world.message(id);
      await world.retryLater(await world.claim(), 10 * minute);

      expect(await store.cancelMessage(waiting.id)).toBe(true);

      expect(await world.status(waiting)).toBe("cancelled");
      expect(await world.deliverAll()).toEqual([next.id]);
    });

    test("does not take back what is under way or in doubt", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const claim = await world.claim();
      expect(await store.cancelMessage(message.id)).toBe(false);

      await world.doubt(claim, 0);
      expect(await store.cancelMessage(message.id)).toBe(false);
      const search = await world.claim();
      expect(await store.cancelMessage(message.id)).toBe(false);

      expect(await world.sent(search)).toBe(true);
    });

    test("sends a dead letter again, behind what waits and before what comes later", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const dead = await failedMessage(world, id);
      const waiting = [await world.message(id), await world.message(id)];

      expect(await store.retryMessage(dead, world.now() + day)).toBe(true);
      expect(await store.retryMessage(dead, world.now() + day)).toBe(false);
      const later = await world.message(id);

      expect(await world.outbound({ contactId: id, id: dead })).toMatchObject({ status: "queued" });
      expect(await world.outbound({ contactId: id, id: dead })).not.toHaveProperty("reason");
      expect(await world.deliverAll()).toEqual([...idsOf(waiting), dead, later.id]);
      expect(await store.listAttempts(dead)).toMatchObject([
        { number: 1, outcome: "not-applied" },
        { number: 2, outcome: "applied" },
      ]);
    });

    test("keeps the order of dead letters that are sent again one after the other", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const dead = [
        await failedMessage(world, id),
        await failedMessage(world, id),
        await failedMessage(world, id),
      ];

      for (const message of dead) await store.retryMessage(message, world.now() + day);

      expect(await world.deliverAll()).toEqual(dead);
    });

    test("sends again what had expired, at once and for as long as it is told", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const sendAt = world.now() + minute;
      const message = await world.message(id, { sendAt, expiresAt: sendAt + minute });
      world.advance(3 * minute);
      await world.claims();
      expect(await world.status(message)).toBe("expired");
      const expiresAt = world.now() + minute;

      await store.retryMessage(message.id, expiresAt);

      expect(await world.outbound(message)).toMatchObject({ status: "queued", expiresAt });
      expect(await world.outbound(message)).not.toHaveProperty("sendAt");
      expect(await world.deliverAll()).toEqual([message.id]);
    });

    test("sends again nothing but dead letters", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const sent = await world.message(id);
      await world.deliverAll();
      const cancelled = await world.message(id);
      await store.cancelMessage(cancelled.id);
      const queued = await world.message(id);

      for (const message of [sent, cancelled, queued]) {
        expect(await store.retryMessage(message.id, world.now() + day)).toBe(false);
        expect(await store.dropMessage(message.id)).toBe(false);
      }
      expect(await store.retryMessage("nothing", world.now() + day)).toBe(false);
      expect(await store.dropMessage("nothing")).toBe(false);
    });

    test("drops a dead letter with its attempts and its events", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const kept = await failedMessage(world, id);
      const dropped = await failedMessage(world, id);

      expect(await store.dropMessage(dropped)).toBe(true);
      expect(await store.dropMessage(dropped)).toBe(false);

      expect(idsOf(await store.listMessages(id, { order: "oldest-first", limit: 10 }))).toEqual([kept]);
      expect(await store.listAttempts(dropped)).toEqual([]);
      expect(await store.listStatuses({ id: dropped, contactId: id })).toEqual([]);
      const events = await store.readEvents(0, 20);
      expect(events.map((event) => ("message" in event ? event.message.id : event.type))).toEqual([
        "conversation.state",
        kept,
        kept,
        kept,
      ]);
    });

    test("removes what was finished long ago, oldest first and a few at a time", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const old = [await world.message(id), await world.message(id), await world.message(id)];
      for (const _ of old) {
        await world.sent(await world.claim());
        world.advance(minute);
      }
      const waiting = await world.message(id, { sendAt: world.now() + day });
      world.advance(minute);
      const before = world.now();
      world.advance(minute);
      const recent = await world.message(id);
      await world.deliverAll();

      const left = async () => idsOf(await store.listMessages(id, { order: "oldest-first", limit: 10 }));
      expect(await store.removeFinished(before, 2)).toBe(2);
      expect(await left()).toEqual([old[2]?.id, waiting.id, recent.id]);
      expect(await store.removeFinished(before, 2)).toBe(1);
      expect(await store.removeFinished(before, 2)).toBe(0);

      expect(await left()).toEqual([waiting.id, recent.id]);
      for (const message of old) expect(await store.listAttempts(message.id)).toEqual([]);
      expect(await store.listAttempts(recent.id)).toHaveLength(1);
      const told = (await store.readEvents(0, 100)).flatMap((event) =>
        "message" in event ? [event.message.id] : [],
      );
      expect(new Set(told)).toEqual(new Set([waiting.id, recent.id]));
      world.advance(day);
      expect(await world.deliverAll()).toEqual([]);
      expect(await world.status(waiting)).toBe("expired");
    });

    test("removes what the customer sent as well, and leaves receipts their time from the sending on", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const sent = await world.message(id);
      await world.deliverAll();
      await store.acceptInbound({
        id: "inbound",
        contactId: id,
        direction: "inbound",
        status: "received",
        content: { type: "text", text: "Hi" },
        createdAt: world.now(),
      });
      world.advance(10 * minute);
      await store.recordReceipts(id, [sent.id], "read", world.now());

      expect(await store.removeFinished(world.now() - minute, 10)).toBe(2);
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toEqual([]);
    });

    test("keeps a dead letter that is sent again from being swept away", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const dead = await failedMessage(world, id);
      await store.retryMessage(dead, world.now() + day);
      world.advance(minute);

      expect(await store.removeFinished(world.now(), 10)).toBe(0);
      expect(await world.deliverAll()).toEqual([dead]);
    });
  });
}

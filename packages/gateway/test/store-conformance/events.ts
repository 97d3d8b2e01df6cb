import { describe, expect } from "vitest";
import { minute, type OpenStore, storeTests } from "./store-world.ts";

export function eventTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("tells everything once, in the order of the commits", async (world) => {
      const { store } = world;
      expect(await store.lastEventId()).toBe(0);
      const { id, conversationId } = await world.contact();
      const message = await world.message(id, { metadata: { order: "7" } });
      await world.retryLater(await world.claim(), 0);
      await world.deliverAll();
      await store.updateContact(id, { state: "closed" }, world.now());

      const events = await store.readEvents(0, 100);

      expect(
        events.map((event) => ("state" in event ? event.state : "status" in event && event.status)),
      ).toEqual(["active", "queued", "sending", "retry_wait", "sending", "sent", "closed"]);
      for (const event of events) expect(event).toMatchObject({ contactId: id, conversationId });
      for (const [index, event] of events.entries())
        expect(event.id).toBeGreaterThan(events[index - 1]?.id ?? 0);
      expect(events.at(-1)?.id).toBe(await store.lastEventId());
      expect(events[3]).toMatchObject({ type: "message.status", reason: "The channel answered 429." });
      expect(events[4]).not.toHaveProperty("reason");
      const now = await world.outbound(message);
      expect(now).toMatchObject({ status: "sent", metadata: { order: "7" } });
      const { seq: _, ...record } = now as typeof now & { seq: number };
      expect(events[1]).toMatchObject({ message: record });
    });

    test("goes on from a place, and keeps to a contact where it is told to", async (world) => {
      const { store } = world;
      const [one, other] = await world.contacts(2);
      for (let n = 0; n < 3; n += 1)
        for (const contact of [one, other]) await world.message(contact?.id ?? "");

      const first = await store.readEvents(0, 3);
      const rest = await store.readEvents(first[2]?.id ?? 0, 100);
      const ofOne = await store.readEvents(0, 100, one?.id);

      expect([...first, ...rest]).toEqual(await store.readEvents(0, 100));
      expect(rest).toHaveLength(5);
      expect(ofOne).toHaveLength(4);
      expect(new Set(ofOne.map(({ contactId }) => contactId))).toEqual(new Set([one?.id]));
      expect(await store.readEvents(await store.lastEventId(), 100)).toEqual([]);
    });

    test("leaves out nothing where many write at once and one reads along", async (world) => {
      const { store } = world;
      const contacts = await world.contacts(10);
      const read: number[] = [];
      let place = 0;
      const readOn = async () => {
        for (const event of await store.readEvents(place, 1000)) {
          read.push(event.id);
          place = event.id;
        }
      };

      const writing = Promise.all(
        contacts.flatMap(({ id }) => Array.from({ length: 10 }, () => world.message(id))),
      );
      for (let n = 0; n < 20; n += 1) await readOn();
      await writing;
      await world.deliverAll();
      await readOn();

      expect(read).toEqual((await store.readEvents(0, 1000)).map(({ id }) => id));
      expect(read).toHaveLength(10 + 100 * 3);
    });

    test("keeps each change of a message's status with its time and reason", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      world.advance(minute);
      await world.failed(await world.claim());

      const [queued, sending, failed] = await store.listStatuses(message);

      expect(queued).toEqual({ status: "queued", at: expect.any(Number) });
      expect(sending).toEqual({ status: "sending", at: expect.any(Number) });
      expect(failed).toEqual({
        status: "failed",
        at: expect.any(Number),
        reason: "The channel answered 400.",
      });
      expect((sending?.at ?? 0) - (queued?.at ?? 0)).toBeGreaterThanOrEqual(minute - 1000);
    });
  });
}

import { describe, expect } from "vitest";
import { day, idsOf, minute, type OpenStore, storeTests } from "./store-world.ts";

export function idempotencyTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("takes one of a hundred equal requests that arrive at once", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const claim = world.key();

      const answers = await Promise.all(
        Array.from({ length: 100 }, () => store.acceptMessage(world.newMessage(id), claim)),
      );

      const records = answers.map((answer) => ("record" in answer ? answer.record : answer.kind));
      const created = answers.filter(({ kind }) => kind === "created");
      expect(created).toHaveLength(1);
      for (const record of records) expect(record).toEqual(records[0]);
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toHaveLength(1);
    });

    test("makes one contact of a hundred equal requests that arrive at once", async (world) => {
      const { store } = world;
      const claim = world.key({ route: "POST /contacts" });

      const answers = await Promise.all(
        Array.from({ length: 100 }, () => store.insertContact(world.newContact(), claim)),
      );

      expect(answers.filter(({ kind }) => kind === "created")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "repeated")).toHaveLength(99);
      expect(await store.listContacts({ limit: 10 })).toHaveLength(1);
    });

    test("refuses a key that comes with another body, and keeps nothing of it", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      await store.acceptMessage(world.newMessage(id), world.key());

      const message = await store.acceptMessage(world.newMessage(id), world.key({ fingerprint: "other" }));
      await store.insertContact(world.newContact(), world.key({ route: "POST /contacts" }));
      const contact = await store.insertContact(
        world.newContact(),
        world.key({ route: "POST /contacts", fingerprint: "other" }),
      );

      expect(message).toEqual({ kind: "mismatch" });
      expect(contact).toEqual({ kind: "mismatch" });
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toHaveLength(1);
      expect(await store.listContacts({ limit: 10 })).toHaveLength(2);
    });

    test("takes the same key of another client, or on another route, for another", async (world) => {
      const { store } = world;
      const { id } = await world.contact();

      const answers = [
        await store.acceptMessage(world.newMessage(id), world.key()),
        await store.acceptMessage(world.newMessage(id), world.key({ clientId: "other" })),
        await store.acceptMessage(world.newMessage(id), world.key({ route: "POST /other" })),
        await store.acceptMessage(world.newMessage(id), world.key({ key: "Key" })),
      ];

      expect(answers.map(({ kind }) => kind)).toEqual(["created", "created", "created", "created"]);
    });

    test("knows a key until it expires, swept or not", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const key = () => world.key({ expiresAt: world.now() + day });
      const first = await store.acceptMessage(world.newMessage(id), key());

      world.advance(day - minute);
      await store.removeExpired(world.now(), 10);
      const soon = await store.acceptMessage(world.newMessage(id), key());
      world.advance(2 * minute);
      const late = await store.acceptMessage(world.newMessage(id), key());
      const afterwards = await store.acceptMessage(world.newMessage(id), key());

      expect(soon).toMatchObject({ kind: "repeated", record: (first as { record: object }).record });
      expect(late.kind).toBe("created");
      expect(afterwards).toMatchObject({ kind: "repeated", record: (late as { record: object }).record });
    });

    test("repeats the first answer whatever has become of the message", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const made = { sendAt: world.now() - minute, metadata: { order: "7" }, mode: "at-most-once" as const };
      const first = await store.acceptMessage(world.newMessage(id, made), world.key());
      if (first.kind !== "created") throw new Error(first.kind);
      const again = () => store.acceptMessage(world.newMessage(id), world.key());
      const expected = { kind: "repeated", record: first.record };

      await world.failed(await world.claim());
      expect(await again()).toEqual(expected);
      await store.retryMessage(first.record.id, world.now() + 2 * day);
      expect(await again()).toEqual(expected);
      await world.sent(await world.claim(), "channel-id");
      expect(await again()).toEqual(expected);
      await store.recordReceipts(id, [first.record.id], "read", world.now());
      expect(await again()).toEqual(expected);
    });

    test("repeats the first answer also for a message that was dropped or swept away", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const dropped = await store.acceptMessage(world.newMessage(id), world.key());
      await world.failed(await world.claim());
      const swept = await store.acceptMessage(world.newMessage(id), world.key({ key: "second" }));
      await world.deliverAll();
      if (dropped.kind !== "created" || swept.kind !== "created") throw new Error("they were not taken");

      await store.dropMessage(dropped.record.id);
      world.advance(minute);
      await store.removeFinished(world.now(), 10);

      expect(await store.acceptMessage(world.newMessage(id), world.key())).toEqual({
        kind: "repeated",
        record: dropped.record,
      });
      expect(await store.acceptMessage(world.newMessage(id), world.key({ key: "second" }))).toEqual({
        kind: "repeated",
        record: swept.record,
      });
      expect(idsOf(await store.listMessages(id, { order: "oldest-first", limit: 10 }))).toEqual([]);
    });

    test("repeats the first answer after the message's time is over, and refuses a new one whose time is over", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const expiresAt = world.now() + minute;
      const first = await store.acceptMessage(world.newMessage(id, { expiresAt }), world.key());

      world.advance(minute);
      const again = await store.acceptMessage(world.newMessage(id, { expiresAt }), world.key());
      const late = await store.acceptMessage(
        world.newMessage(id, { expiresAt }),
        world.key({ key: "second" }),
      );

      expect(again).toEqual({ ...first, kind: "repeated" });
      expect(late).toEqual({ kind: "too-late" });
      expect(await store.listMessages(id, { order: "oldest-first", limit: 10 })).toHaveLength(1);
    });

    test("repeats the first answer after the conversation was closed, and keeps no key of a refusal", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      await store.acceptMessage(world.newMessage(id), world.key());
      await store.updateContact(id, { state: "closed" }, world.now());

      const repeated = await store.acceptMessage(world.newMessage(id), world.key());
      const refused = await store.acceptMessage(world.newMessage(id), world.key({ key: "second" }));
      await store.updateContact(id, { state: "active" }, world.now());
      const taken = await store.acceptMessage(world.newMessage(id), world.key({ key: "second" }));

      expect([repeated.kind, refused.kind, taken.kind]).toEqual(["repeated", "closed", "created"]);
    });

    test("repeats the first answer for a contact that has changed since", async (world) => {
      const { store } = world;
      const claim = world.key({ route: "POST /contacts" });
      const made = await store.insertContact(world.newContact({ displayName: "Ada" }), claim);
      if (made.kind !== "created") throw new Error(made.kind);
      await store.updateContact(made.record.id, { state: "closed", displayName: "Eve" }, world.now());

      const repeated = await store.insertContact(world.newContact(), claim);

      expect(repeated).toEqual({ kind: "repeated", record: made.record });
    });
  });
}

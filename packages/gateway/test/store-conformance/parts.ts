import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type { PartRecord, RenderingRecord } from "../../src/store/channel-records.ts";
import { type OpenStore, otherChannel, type StoreWorld, storeTests } from "./store-world.ts";

const rendering = (parts: number): RenderingRecord => ({
  parts: Array.from({ length: parts }, (_, index) => ({ text: `Part ${index} \u0000` })),
  notices: [],
  answers: [{ kind: "quick-reply", path: "/choices/0", choice: 0, label: "Yes", value: "y", alias: "a.0" }],
});

const part = (number: number, more: Partial<PartRecord> = {}): PartRecord => ({
  number,
  attempt: 1,
  channelMessageId: `id-${number}`,
  status: "sent",
  sentAt: 1000,
  noted: true,
  ...more,
});

/** A message of so many parts that a worker has begun to send. */
async function sending(world: StoreWorld, parts: number) {
  const contact = await world.contact({ channel: otherChannel, address: randomUUID() });
  const taken = await world.store.acceptMessage(world.newMessage(contact.id), undefined, rendering(parts));
  if (taken.kind !== "created") throw new Error(taken.kind);
  const claim = await world.claim({ channel: otherChannel });
  return { contact, message: taken.record, claim };
}

export function partTests(name: string, open: OpenStore): void {
  const storeTest = storeTests(open);
  describe(name, () => {
    storeTest("a channel's address belongs to one contact, and finds it", async (world) => {
      const { store } = world;
      const contact = await world.contact({ channel: otherChannel, address: "49151" });
      expect(await store.findContactByAddress(otherChannel, "49151")).toEqual(contact);
      expect(await store.findContactByAddress("web", "49151")).toBeUndefined();
      const again = await store.insertContact(world.newContact({ channel: otherChannel, address: "49151" }));
      expect(again).toEqual({ kind: "address-taken", record: contact });
      await world.contact({ address: "49151" });
      await world.contact({ address: "49151" });
      await store.deleteContact(contact.id, world.now());
      await world.contact({ channel: otherChannel, address: "49151" });
    });

    storeTest("of many who make a contact of one address at once, one does", async (world) => {
      const made = await Promise.all(
        Array.from({ length: 20 }, () =>
          world.store.insertContact(world.newContact({ channel: otherChannel, address: "1" })),
        ),
      );
      expect(made.filter(({ kind }) => kind === "created")).toHaveLength(1);
      expect(made.filter(({ kind }) => kind === "address-taken")).toHaveLength(19);
    });

    storeTest("a rendering is kept with its message, also among others that have none", async (world) => {
      const contact = await world.contact();
      const [plain, rendered] = await Promise.all([
        world.store.acceptMessage(world.newMessage(contact.id)),
        world.store.acceptMessage(world.newMessage(contact.id), world.key(), rendering(2)),
      ]);
      if (plain.kind !== "created" || rendered.kind !== "created") throw new Error("not taken");
      const found = await world.store.findRenderings([plain.record.id, rendered.record.id, randomUUID()]);
      expect([...found.keys()]).toEqual([rendered.record.id]);
      expect(found.get(rendered.record.id)?.parts).toHaveLength(2);
      const repeated = await world.store.acceptMessage(
        world.newMessage(contact.id),
        world.key(),
        rendering(3),
      );
      expect(repeated).toMatchObject({ kind: "repeated", record: { id: rendered.record.id } });
      await world.store.deleteContact(contact.id, world.now());
      expect((await world.store.findRenderings([rendered.record.id])).size).toBe(0);
    });

    storeTest("parts are noted as they are sent, and found by the channel's id", async (world) => {
      const { contact, message } = await sending(world, 2);
      expect(await world.store.recordPart(message.id, part(1))).toEqual([part(1)]);
      expect(await world.store.recordPart(message.id, part(1, { sentAt: 2000 }))).toEqual([part(1)]);
      expect(await world.store.recordPart(message.id, part(2))).toEqual([part(1), part(2)]);
      expect(await world.store.listParts(message.id)).toEqual([part(1), part(2)]);
      const place = { messageId: message.id, contactId: contact.id, number: 2, attempt: 1 };
      expect(await world.store.findPart(otherChannel, "id-2")).toEqual(place);
      expect(await world.store.findPart("web", "id-2")).toBeUndefined();
      expect(await world.status(message)).toBe("sending");
      expect(await world.store.recordPart(randomUUID(), part(1))).toEqual([]);
    });

    storeTest("a message is as far as the part that is furthest behind", async (world) => {
      const { message, claim } = await sending(world, 2);
      const { store } = world;
      await store.recordPart(message.id, part(1));
      expect(await store.reportPart(message.id, part(1, { status: "read" }))).toBe(true);
      expect(await world.status(message)).toBe("sending");
      await store.recordPart(message.id, part(2));
      await world.sent(claim, "id-2");
      expect(await store.reportPart(message.id, part(2, { status: "delivered" }))).toBe(true);
      expect(await world.status(message)).toBe("delivered");
      expect(await store.reportPart(message.id, part(2, { status: "delivered" }))).toBe(false);
      await store.reportPart(message.id, part(2, { status: "read" }));
      await store.reportPart(message.id, part(1, { status: "failed", reason: "too late" }));
      expect(await world.statuses(message)).toEqual(["queued", "sending", "sent", "delivered", "read"]);
    });

    storeTest("a part that fails afterwards makes the message fail, and its lane goes on", async (world) => {
      const { message, claim, contact } = await sending(world, 1);
      const next = await world.message(contact.id);
      const failed = part(1, { status: "failed", reason: "131047" });
      // Word of it comes before the answer to the request.
      expect(await world.store.reportPart(message.id, failed)).toBe(true);
      expect(await world.store.recordPart(message.id, part(1))).toEqual([failed]);
      expect(await world.sent(claim, "id-1")).toBe(false);
      expect(await world.statuses(message)).toEqual(["queued", "sending", "sent", "failed"]);
      expect(await world.outbound(message)).toMatchObject({ reason: "131047", channelMessageId: "id-1" });
      expect((await world.claim({ channel: otherChannel })).message.id).toBe(next.id);
    });

    storeTest("a part that the channel told of first is noted when its answer comes", async (world) => {
      const { message } = await sending(world, 2);
      const told = part(1, { noted: false, sentAt: 5000 });
      expect(await world.store.reportPart(message.id, told)).toBe(true);
      expect(await world.store.listParts(message.id)).toEqual([told]);
      expect(await world.store.recordPart(message.id, part(1))).toEqual([{ ...told, noted: true }]);
    });

    storeTest("evidence of all parts ends a doubt; of some it does not", async (world) => {
      const { message, claim } = await sending(world, 2);
      await world.store.recordPart(message.id, part(1));
      await world.doubt(claim, 60_000);
      await world.store.reportPart(message.id, part(1, { status: "delivered" }));
      expect(await world.status(message)).toBe("ambiguous");
      await world.store.reportPart(message.id, part(2, { status: "sent" }));
      expect(await world.status(message)).toBe("sent");
    });

    storeTest("word of an earlier attempt counts only for the same message on the channel", async (world) => {
      const { message } = await sending(world, 1);
      const { store } = world;
      const second = part(1, { attempt: 2, channelMessageId: "second" });
      await store.recordPart(message.id, part(1, { channelMessageId: "first" }));
      expect(await store.recordPart(message.id, second)).toEqual([second]);
      const late = part(1, { channelMessageId: "first", status: "failed", reason: "late" });
      expect(await store.reportPart(message.id, late)).toBe(false);
      const known = part(1, { channelMessageId: "second", status: "delivered" });
      expect(await store.reportPart(message.id, known)).toBe(true);
      expect(await store.listParts(message.id)).toEqual([{ ...second, status: "delivered" }]);
    });

    storeTest(
      "a dead letter that is sent again is to send what failed of it, and not what arrived",
      async (world) => {
        const { message } = await sending(world, 2);
        const failed = part(2, { status: "failed", reason: "131053" });
        await world.store.recordPart(message.id, part(1));
        await world.store.reportPart(message.id, failed);
        expect(await world.store.listParts(message.id)).toEqual([part(1), failed]);
        expect(await world.store.retryMessage(message.id, world.now() + 60_000)).toBe(true);
        expect(await world.store.listParts(message.id)).toEqual([part(1)]);
      },
    );

    storeTest("a dead letter that is dropped takes its parts with it", async (world) => {
      const { message, claim } = await sending(world, 1);
      await world.store.recordPart(message.id, part(1));
      await world.failed(claim);
      expect(await world.store.dropMessage(message.id)).toBe(true);
      expect(await world.store.listParts(message.id)).toEqual([]);
      expect((await world.store.findRenderings([message.id])).size).toBe(0);
    });
  });
}

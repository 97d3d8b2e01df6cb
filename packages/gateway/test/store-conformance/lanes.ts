import { describe, expect } from "vitest";
import { expectAbout, idsOf, minute, type OpenStore, otherChannel, storeTests } from "./store-world.ts";

export function laneTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("begins an attempt of the first message of each contact, with all that a channel needs", async (world) => {
      const { store } = world;
      const contact = await world.contact({ displayName: "Ada" });
      const message = await world.message(contact.id, { metadata: { order: "7" } });
      await world.message(contact.id);

      const claim = await world.claim();

      expect(claim).toMatchObject({ work: "send", attempt: 1, searches: 0, ambiguousForMs: 0 });
      expect(claim.contact).toEqual(contact);
      expect(claim.message).toEqual({ ...message, status: "sending" });
      expect(await world.statuses(message)).toEqual(["queued", "sending"]);
      expect(await store.listAttempts(message.id)).toEqual([{ number: 1, startedAt: expect.any(Number) }]);
    });

    test("gives a lane to one worker, however many ask at once", async (world) => {
      const contacts = await world.contacts(50);
      for (const { id } of contacts) for (let n = 0; n < 2; n += 1) await world.message(id);

      const asked = await Promise.all(Array.from({ length: 20 }, () => world.claims({ limit: 5 })));
      const { claims: rest } = await world.claims();

      const claimed = [...asked.flatMap(({ claims }) => claims), ...rest].map(({ contact }) => contact.id);
      expect(claimed.toSorted()).toEqual(idsOf(contacts).toSorted());
      expect((await world.claims()).claims).toEqual([]);
    });

    test("delivers to each contact in the order of the answers", async (world) => {
      const contacts = await world.contacts(5);
      const accepted = contacts.map(({ id }) => ({ id, messages: [] as string[] }));
      for (let n = 0; n < 20; n += 1) {
        for (const { id, messages } of accepted) messages.push((await world.message(id)).id);
      }

      const order = await world.deliverAll({ limit: 3 });

      for (const { messages } of accepted) {
        expect(order.filter((id) => messages.includes(id))).toEqual(messages);
      }
      expect(order).toHaveLength(100);
    });

    test("takes the lanes that have been ready longest first, so that nobody is kept waiting by a long lane", async (world) => {
      const [long, ...short] = await world.contacts(4);
      for (let n = 0; n < 10; n += 1) await world.message(long?.id ?? "");
      for (const { id } of short) {
        world.advance(10);
        await world.message(id);
      }

      const order: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        world.advance(10);
        const claim = await world.claim({ limit: 1 });
        order.push(claim.contact.id);
        await world.sent(claim);
      }

      expect(order).toEqual([long?.id, ...idsOf(short), long?.id]);
    });

    test("claims lanes of the channel that is asked for alone", async (world) => {
      const here = await world.contact();
      const there = await world.contact({ channel: otherChannel });
      for (const { id } of [here, there]) await world.message(id);

      const first = await world.claims({ channel: otherChannel });
      const second = await world.claims();

      expect(first.claims.map(({ contact }) => contact.id)).toEqual([there.id]);
      expect(second.claims.map(({ contact }) => contact.id)).toEqual([here.id]);
    });

    test("says how long until there may be more", async (world) => {
      const contacts = await world.contacts(2);
      expect(await world.claims()).toEqual({ claims: [], nextInMs: undefined });
      await world.message(contacts[0]?.id ?? "", { sendAt: world.now() + 30 * minute });
      expectAbout((await world.claims()).nextInMs, 30 * minute);

      await world.message(contacts[0]?.id ?? "");
      await world.message(contacts[1]?.id ?? "");

      expect(await world.claims({ limit: 1 })).toMatchObject({ nextInMs: 0 });
      expectAbout((await world.claims()).nextInMs, minute);
      expect((await world.claims({ channel: otherChannel })).nextInMs).toBeUndefined();
    });

    test("holds a message back until its time, and lets later ones pass", async (world) => {
      const { id } = await world.contact();
      const scheduled = await world.message(id, { sendAt: world.now() + 10 * minute });
      const next = await world.message(id);
      expect(await world.deliverAll()).toEqual([next.id]);

      world.advance(9 * minute);
      expect(await world.deliverAll()).toEqual([]);
      world.advance(2 * minute);
      const late = await world.message(id);

      expect(await world.deliverAll()).toEqual([scheduled.id, late.id]);
    });

    test("gives nobody precedence for a time of sending that is past", async (world) => {
      const [first, second] = await world.contacts(2);
      await world.message(first?.id ?? "");
      world.advance(minute);
      await world.message(second?.id ?? "", { sendAt: world.now() - 10 * minute });

      const claim = await world.claim({ limit: 1 });

      expect(claim.contact.id).toBe(first?.id);
    });

    test("expires on the way what has waited too long", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const expiring = [
        await world.message(id, { expiresAt: world.now() + minute }),
        await world.message(id, { expiresAt: world.now() + minute }),
      ];
      const good = await world.message(id);
      world.advance(2 * minute);

      const claim = await world.claim();

      expect(claim.message.id).toBe(good.id);
      for (const message of expiring) {
        expect(await world.statuses(message)).toEqual(["queued", "expired"]);
        expect(await world.outbound(message)).toMatchObject({ reason: expect.stringMatching(/time/) });
        expect(await store.listAttempts(message.id)).toEqual([]);
      }
    });

    test("expires what waits to be tried again, but not what may have arrived", async (world) => {
      const [one, other] = await world.contacts(2);
      const retried = await world.message(one?.id ?? "", { expiresAt: world.now() + minute });
      const next = await world.message(one?.id ?? "");
      await world.retryLater(await world.claim(), 2 * minute);
      const doubtful = await world.message(other?.id ?? "", { expiresAt: world.now() + minute });
      await world.doubt(await world.claim(), 2 * minute);
      world.advance(3 * minute);

      const { claims } = await world.claims();

      expect(await world.status(retried)).toBe("expired");
      expect(new Set(claims.map(({ message, work }) => `${work} ${message.id}`))).toEqual(
        new Set([`send ${next.id}`, `search ${doubtful.id}`]),
      );
    });

    test("leaves a lane idle whose only message has expired", async (world) => {
      const { id } = await world.contact();
      await world.message(id, { expiresAt: world.now() + minute });
      world.advance(2 * minute);

      expect(await world.claims()).toEqual({ claims: [], nextInMs: undefined });
      const next = await world.message(id);
      expect(await world.deliverAll()).toEqual([next.id]);
    });

    test("hands a lane to another worker once the lease has run out", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const first = await world.claim({ leaseMs: 10 * minute });

      world.advance(9 * minute);
      const early = await world.claims();
      world.advance(2 * minute);
      const second = await world.claim();

      expect(early.claims).toEqual([]);
      expectAbout(early.nextInMs, minute);
      expect(second).toMatchObject({
        work: "recover",
        attempt: 1,
        message: { id: message.id, status: "sending" },
      });
      expect(second.epoch).toBeGreaterThan(first.epoch);
      expect(await world.statuses(message)).toEqual(["queued", "sending"]);
      expect(await store.listAttempts(message.id)).toHaveLength(1);
    });

    test("takes no report from a worker whose claim was passed on, and changes nothing by it", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const stale = await world.claim();
      world.advance(2 * minute);
      const held = await world.claim();
      const before = await Promise.all([
        store.findMessage(id, message.id),
        store.listAttempts(message.id),
        store.lastEventId(),
      ]);

      expect(await world.sent(stale, "stale")).toBe(false);
      expect(await world.failed(stale)).toBe(false);
      expect(await world.retryLater(stale, 0)).toBe(false);

      const after = await Promise.all([
        store.findMessage(id, message.id),
        store.listAttempts(message.id),
        store.lastEventId(),
      ]);
      expect(after).toEqual(before);
      expect((await world.claims()).claims).toEqual([]);
      expect(await world.sent(held, "held")).toBe(true);
      expect(await world.outbound(message)).toMatchObject({ status: "sent", channelMessageId: "held" });
    });

    test("takes a late report while nobody else has taken the lane", async (world) => {
      const { id } = await world.contact();
      const message = await world.message(id);
      const claim = await world.claim();
      world.advance(2 * minute);

      expect(await world.sent(claim)).toBe(true);
      expect(await world.status(message)).toBe("sent");
    });

    test("takes one report of a claim, not two", async (world) => {
      const { id } = await world.contact();
      const message = await world.message(id);
      await world.message(id);
      const claim = await world.claim();

      const taken = await Promise.all([world.sent(claim), world.sent(claim), world.failed(claim)]);

      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await world.statuses(message)).toHaveLength(3);
      expect((await world.claim()).message.id).not.toBe(message.id);
    });

    test("forgets no message that arrives while its lane is held", async (world) => {
      const { id } = await world.contact();
      await world.message(id);
      const claim = await world.claim();

      const [, next] = await Promise.all([world.sent(claim), world.message(id)]);
      const second = await world.claim();
      const third = await world.message(id);
      await world.sent(second);

      expect(second.message.id).toBe(next.id);
      expect((await world.claim()).message.id).toBe(third.id);
    });

    test("takes no report of a contact that has been deleted", async (world) => {
      const { store } = world;
      const { id } = await world.contact();
      const message = await world.message(id);
      const claim = await world.claim();
      await store.deleteContact(id, world.now());

      expect(await world.sent(claim)).toBe(false);
      expect(await store.recordApplied(message.id)).toBe(false);
      expect(await world.claims()).toEqual({ claims: [], nextInMs: undefined });
    });
  });
}

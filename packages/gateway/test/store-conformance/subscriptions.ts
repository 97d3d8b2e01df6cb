import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type {
  NotificationClaim,
  NotificationRequest,
  SubscriptionRecord,
} from "../../src/store/subscription-store.ts";
import { expectAbout, minute, type OpenStore, type StoreWorld, storeTests } from "./store-world.ts";

const request: NotificationRequest = { limit: 100, limitPerSubscription: 8, leaseMs: minute };
const everyType: SubscriptionRecord["events"] = ["message.inbound", "message.status", "conversation.state"];

async function subscribe(world: StoreWorld, more: Partial<SubscriptionRecord> = {}): Promise<string> {
  const record: SubscriptionRecord = {
    id: randomUUID(),
    url: "https://example.com/hook",
    events: everyType,
    secrets: [{ secret: "whsec_one" }],
    state: "active",
    createdAt: world.now(),
    ...more,
  };
  expect(await world.store.insertSubscription(record, 100)).toBe(true);
  return record.id;
}

async function claimAll(
  world: StoreWorld,
  more: Partial<NotificationRequest> = {},
): Promise<NotificationClaim[]> {
  return (await world.store.claimNotifications({ ...request, ...more })).claims;
}

async function claimOne(world: StoreWorld): Promise<NotificationClaim> {
  const claims = await claimAll(world);
  expect(claims).toHaveLength(1);
  return claims[0] as NotificationClaim;
}

const taken = (world: StoreWorld, claim: NotificationClaim) =>
  world.store.settleNotification(claim, { kind: "taken", status: 200 });

const failed = (world: StoreWorld, claim: NotificationClaim, afterMs: number, pauseMs?: number) =>
  world.store.settleNotification(claim, {
    kind: "retry",
    status: 500,
    reason: "The subscriber answered 500.",
    afterMs,
    ...(pauseMs === undefined ? {} : { pauseMs }),
  });

/** Tells all that is due, and says which events in which order. */
async function tellAll(world: StoreWorld): Promise<number[]> {
  const told: number[] = [];
  for (;;) {
    const claims = await claimAll(world);
    if (claims.length === 0) return told;
    for (const claim of claims) {
      told.push(claim.event.id);
      expect(await taken(world, claim)).toBe(true);
    }
  }
}

/** The places of all events of a contact. */
async function placesOf(world: StoreWorld, contactId: string): Promise<number[]> {
  return (await world.store.readEvents(0, 10_000, contactId)).map(({ id }) => id);
}

export function subscriptionTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("keeps subscriptions, up to a number of them", async (world) => {
      const { store } = world;
      const first = await subscribe(world, { events: ["message.inbound"] });
      const second = await subscribe(world);

      const refused = await store.insertSubscription(
        { ...((await store.findSubscription(first)) as SubscriptionRecord), id: randomUUID() },
        2,
      );

      expect(refused).toBe(false);
      expect((await store.listSubscriptions()).map(({ id }) => id)).toEqual([first, second]);
      expect(await store.findSubscription(first)).toMatchObject({
        events: ["message.inbound"],
        secrets: [{ secret: "whsec_one" }],
        state: "active",
      });
      expect(await store.deleteSubscription(first)).toBe(true);
      expect(await store.deleteSubscription(first)).toBe(false);
      expect(await store.findSubscription(first)).toBeUndefined();
      expect(await store.findStanding(first)).toBeUndefined();
      expect(await store.updateSubscription(first, { url: "https://example.com" })).toBeUndefined();
      expect(await store.rotateSecret(first, "x", { until: 0, keep: 1 })).toBeUndefined();
      expect(await store.replayEvents(first, { from: 0, to: world.now() })).toBeUndefined();
    });

    test("tells a worker of one subscription alone, or of all but one", async (world) => {
      const { id: contactId } = await world.contact();
      const [one, other] = [await subscribe(world), await subscribe(world)];
      await world.message(contactId);
      const told = async (more: Partial<NotificationRequest>) =>
        (await claimAll(world, more)).map(({ subscription }) => subscription.id);

      expect(await told({ only: "nobody's" })).toEqual([]);
      expect(await told({ only: one })).toEqual([one]);
      const { claims, nextInMs } = await world.store.claimNotifications({ ...request, except: other });
      expect(claims).toEqual([]);
      expectAbout(nextInMs, minute);
      expect(
        (await world.store.claimNotifications({ ...request, only: "nobody's" })).nextInMs,
      ).toBeUndefined();
      expect(await told({ except: one })).toEqual([other]);
    });

    test("tells of what happens from the subscription on, and only of the types asked for", async (world) => {
      const { id: contactId } = await world.contact();
      await world.message(contactId);
      const all = await subscribe(world);
      const states = await subscribe(world, { events: ["conversation.state"] });
      await world.message(contactId);
      await world.store.updateContact(contactId, { state: "closed" }, world.now());

      const claims: NotificationClaim[] = [];
      for (let found = await claimAll(world); found.length > 0; found = await claimAll(world)) {
        for (const claim of found) await taken(world, claim);
        claims.push(...found);
      }

      const told = (id: string) =>
        claims.filter(({ subscription }) => subscription.id === id).map(({ event }) => event.type);
      expect(told(all)).toEqual(["message.status", "conversation.state"]);
      expect(told(states)).toEqual(["conversation.state"]);
    });

    test("tells one event of a contact after the other, and contacts beside each other", async (world) => {
      await subscribe(world);
      const [one, other] = await world.contacts(2);
      await world.message(one?.id ?? "");

      const first = await claimAll(world);
      const beside = await claimAll(world);
      for (const claim of first) await taken(world, claim);
      const second = await claimAll(world);

      expect(first.map(({ event }) => event.contactId)).toEqual([one?.id, other?.id]);
      expect(beside).toEqual([]);
      expect(second.map(({ event }) => [event.contactId, event.type])).toEqual([[one?.id, "message.status"]]);
    });

    test("tries a failed event again after its wait, before all that the contact has behind it", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      await world.message(id);
      const claim = await claimOne(world);
      await failed(world, claim, 10 * minute);

      const early = await world.store.claimNotifications(request);
      const standing = await world.store.findStanding(subscription);
      world.advance(10 * minute);
      const again = await claimOne(world);

      expect(early.claims).toEqual([]);
      expectAbout(early.nextInMs, 10 * minute);
      expect(standing).toMatchObject({
        waiting: 2,
        failingSince: expect.any(Number),
        lastAttempt: { status: 500, reason: "The subscriber answered 500." },
      });
      expect(again).toMatchObject({ event: { id: claim.event.id }, attempt: 2 });
      await taken(world, again);
      expect(await tellAll(world)).toHaveLength(1);
      const after = await world.store.findStanding(subscription);
      expect(after).toMatchObject({ waiting: 0, lastAttempt: { status: 200 } });
      expect(after).not.toHaveProperty("failingSince");
      expect(after?.lastAttempt).not.toHaveProperty("reason");
    });

    test("gives a claim to another once its lease has run out, and takes no report on the old one", async (world) => {
      await subscribe(world);
      await world.contact();
      const stale = await claimOne(world);
      world.advance(2 * minute);
      const fresh = await claimOne(world);

      expect(fresh).toMatchObject({ event: { id: stale.event.id }, attempt: 2 });
      expect(await taken(world, stale)).toBe(false);
      expect(await taken(world, fresh)).toBe(true);
      expect(await taken(world, fresh)).toBe(false);
    });

    test("takes no report on a claim whose lane has come and gone", async (world) => {
      await subscribe(world);
      const { id } = await world.contact();
      const stale = await claimOne(world);
      world.advance(2 * minute);
      await tellAll(world);
      await world.message(id);
      const fresh = await claimOne(world);

      expect(await taken(world, stale)).toBe(false);
      expect(await taken(world, fresh)).toBe(true);
    });

    test("has no more of one subscription under way than asked for, over all that claim", async (world) => {
      await subscribe(world);
      await world.contacts(5);

      const first = await claimAll(world, { limitPerSubscription: 2 });
      const second = await claimAll(world, { limitPerSubscription: 3 });
      const none = await claimAll(world, { limitPerSubscription: 3 });
      await taken(world, first[0] as NotificationClaim);
      const next = await claimAll(world, { limitPerSubscription: 3 });

      expect([first.length, second.length, none.length, next.length]).toEqual([2, 1, 0, 1]);
    });

    test("pauses all of a subscription that asks to slow down, and no other", async (world) => {
      const slow = await subscribe(world);
      const quick = await subscribe(world);
      await world.contacts(2);
      const claims = await claimAll(world);
      for (const claim of claims) {
        if (claim.subscription.id === slow) await failed(world, claim, 1000, 5 * minute);
        else await taken(world, claim);
      }
      await world.contact();

      const meanwhile = await world.store.claimNotifications(request);
      world.advance(5 * minute + 1000);
      const later = await claimAll(world);

      expect(meanwhile.claims.map(({ subscription }) => subscription.id)).toEqual([quick]);
      expectAbout(meanwhile.nextInMs, minute);
      expect(later.filter(({ subscription }) => subscription.id === slow)).toHaveLength(3);
    });

    test("passes over an event and remembers that, and goes on with the contact's next", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      await world.message(id);
      const claim = await claimOne(world);
      const reason = "Given up after 12 attempts.";

      await world.store.settleNotification(claim, { kind: "passed-over", reason });

      expect((await claimOne(world)).event.id).toBeGreaterThan(claim.event.id);
      const standing = await world.store.findStanding(subscription);
      expect(standing?.passedOver).toEqual([
        { eventId: claim.event.id, contactId: id, at: expect.any(Number), attempts: 1, reason },
      ]);
      expect(standing).not.toHaveProperty("failingSince");
    });

    test("tells an ended subscription nothing, and goes on where it stood once it is active again", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      const claim = await claimOne(world);
      await world.store.settleNotification(claim, { kind: "ended", status: 410, reason: "Gone." });
      await world.message(id);

      const ended = await world.store.findSubscription(subscription);
      const silent = await world.store.claimNotifications(request);
      await world.store.updateSubscription(subscription, { state: "active", url: "https://example.com/new" });

      expect(ended).toMatchObject({ state: "ended", endedReason: "Gone." });
      expect(silent).toEqual({ claims: [], nextInMs: undefined });
      const again = await claimOne(world);
      expect(again).toMatchObject({
        event: { id: claim.event.id },
        subscription: { state: "active", url: "https://example.com/new" },
      });
      expect(again.subscription).not.toHaveProperty("endedReason");
      await taken(world, again);
      expect(await tellAll(world)).toHaveLength(1);
    });

    test("replays a range of time before what waits, and then goes on without telling the rest twice", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      for (let n = 0; n < 3; n += 1) {
        world.advance(10 * minute);
        await world.message(id);
      }
      const places = await placesOf(world, id);
      await tellAll(world);
      const from = world.now() - 25 * minute;
      const to = world.now() - 5 * minute;
      world.advance(minute);

      const count = await world.store.replayEvents(subscription, { from, to });
      await world.message(id);

      expect(count).toBe(2);
      expect((await world.store.findStanding(subscription))?.waiting).toBe(3);
      const newest = await world.store.lastEventId();
      expect(await tellAll(world)).toEqual([places[1], places[2], newest]);
      expect(await world.store.replayEvents(subscription, { from: 0, to: 1 })).toBe(0);
    });

    test("keeps the order where a replay comes while an event is under way", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      await world.message(id);
      const [first, second] = await placesOf(world, id);
      await taken(world, await claimOne(world));
      const underWay = await claimOne(world);

      await world.store.replayEvents(subscription, { from: 0, to: world.now() + minute });
      const meanwhile = await claimAll(world);

      expect(underWay.event.id).toBe(second);
      expect(meanwhile).toEqual([]);
      expect(await taken(world, underWay)).toBe(true);
      expect(await tellAll(world)).toEqual([first, second]);
    });

    test("passes by what is gone from the log", async (world) => {
      const subscription = await subscribe(world);
      const { id } = await world.contact();
      await world.message(id);
      await failed(world, await claimOne(world), 0);
      await world.store.deleteContact(id, world.now());

      const claim = await claimOne(world);

      expect(claim.event).toMatchObject({ type: "conversation.state", state: "deleted" });
      await taken(world, claim);
      expect((await world.store.findStanding(subscription))?.waiting).toBe(0);
    });

    test("lets old and new secret stand beside each other until the old one expires", async (world) => {
      const { store } = world;
      const id = await subscribe(world);
      const until = world.now() + 60 * minute;

      await store.rotateSecret(id, "whsec_two", { until, keep: 2 });
      const again = await store.rotateSecret(id, "whsec_three", { until: until + minute, keep: 2 });
      await store.rotateSecret(id, "whsec_four", { until: until + minute, keep: 2 });
      const four = await store.findSubscription(id);
      world.advance(120 * minute);
      const late = await store.rotateSecret(id, "whsec_five", { until: world.now(), keep: 2 });

      expect(again?.secrets).toEqual([
        { secret: "whsec_three" },
        { secret: "whsec_two", expiresAt: until + minute },
        { secret: "whsec_one", expiresAt: until },
      ]);
      expect(four?.secrets.map(({ secret }) => secret)).toEqual(["whsec_four", "whsec_three", "whsec_two"]);
      expect(late?.secrets.map(({ secret }) => secret)).toEqual(["whsec_five", "whsec_four"]);
    });

    test("goes through a long log that holds nothing of interest, and through many contacts", async (world) => {
      const subscription = await subscribe(world, { events: ["message.inbound"] });
      const contacts = await world.contacts(30);
      await Promise.all(contacts.flatMap(({ id }) => Array.from({ length: 40 }, () => world.message(id))));
      const contactId = contacts.at(-1)?.id ?? "";
      await world.store.acceptInbound({
        id: randomUUID(),
        contactId,
        direction: "inbound",
        status: "received",
        content: { type: "text", text: "Hi" },
        createdAt: world.now(),
      });

      const first = await world.store.claimNotifications(request);
      const second = await claimAll(world);

      expect(first).toEqual({ claims: [], nextInMs: 0 });
      expect(second).toMatchObject([{ subscription: { id: subscription }, event: { contactId } }]);
    });
  });
}

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { linkSubscription } from "../src/genesys-cloud/link-subscription.ts";
import { toEvent } from "../src/routes/resources.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { Store } from "../src/store/store.ts";
import type { SubscriptionRecord, SubscriptionStanding } from "../src/store/subscription-store.ts";
import { decideNotification } from "../src/subscriptions/decide-notification.ts";
import {
  defaultNotificationPolicy,
  type NotificationPolicy,
} from "../src/subscriptions/notification-policy.ts";
import { startSubscriptions } from "../src/subscriptions/start-subscriptions.ts";
import { createSigningSecret } from "../src/subscriptions/webhook-signature.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./fixtures/webhook-receiver.ts";

const hour = 60 * 60_000;
const closing: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface World {
  store: Store;
  /** Turns the store's clock. */
  advance(milliseconds: number): void;
  now(): number;
  /** Starts one more gateway's worker on the store. */
  work(policy?: Partial<NotificationPolicy>): () => Promise<void>;
  subscribe(receiver: WebhookReceiver, more?: Partial<SubscriptionRecord>): Promise<SubscriptionRecord>;
  contact(): Promise<string>;
  /** Makes events of a contact. */
  happen(contactId: string, count: number): Promise<void>;
  standing(id: string): Promise<SubscriptionStanding>;
}

function createWorld(rules = { allowPrivate: true, allowHttp: true }): World {
  let now = Date.now();
  const store = createMemoryStore(() => now);
  const world: World = {
    store,
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    work(policy = {}) {
      const { stop } = startSubscriptions({
        store,
        rules,
        toEvent,
        now: () => now,
        onError: (error) => expect.unreachable(String(error)),
        policy: { ...defaultNotificationPolicy, pollMs: 2, gatherMs: 1, ...policy },
        world: {
          monotonicNow: () => now,
          sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
          timeout: () => ({ signal: new AbortController().signal, cancel: () => undefined }),
          random: () => 0.5,
        },
      });
      closing.push(stop);
      return stop;
    },
    async subscribe({ url }, more = {}) {
      const record: SubscriptionRecord = {
        id: randomUUID(),
        url,
        events: ["message.inbound", "message.status", "conversation.state"],
        secrets: [{ secret: createSigningSecret() }],
        state: "active",
        createdAt: now,
        ...more,
      };
      await store.insertSubscription(record, 100);
      return record;
    },
    async contact() {
      const id = randomUUID();
      const chat = { channel: "web", state: "active", chatToken: randomUUID() } as const;
      const times = { createdAt: now, updatedAt: now };
      await store.insertContact({ id, conversationId: randomUUID(), ...chat, ...times });
      return id;
    },
    async happen(contactId, count) {
      for (let n = 0; n < count; n += 1) {
        await store.acceptInbound({
          id: randomUUID(),
          contactId,
          direction: "inbound",
          status: "received",
          content: { type: "text", text: `${n}` },
          createdAt: now,
        });
      }
    },
    standing: async (id) => (await store.findStanding(id)) as SubscriptionStanding,
  };
  return world;
}

async function startReceiver(answer?: WebhookReceiver["answer"]): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(answer);
  closing.push(() => receiver[Symbol.asyncDispose]());
  return receiver;
}

const places = (receiver: WebhookReceiver, contactId?: string) =>
  receiver.received
    .filter(({ event }) => !contactId || event.contactId === contactId)
    .map(({ event }) => Number(event.id));

const untilQuiet = (world: World, id: string) =>
  waitUntil(async () => {
    const { waiting } = await world.standing(id);
    return waiting === 0;
  });

test("tells a subscriber what happens as the stream does, signed so that the scheme's library verifies it", async () => {
  const world = createWorld();
  const receiver = await startReceiver();
  const { id, secrets } = await world.subscribe(receiver);
  world.work();
  const contactId = await world.contact();
  await world.happen(contactId, 2);

  await untilQuiet(world, id);

  const events = (await world.store.readEvents(0, 100)).map(toEvent);
  const secret = secrets[0]?.secret ?? "";
  expect(receiver.received.map(({ event }) => event)).toEqual(events);
  for (const { headers, body, event } of receiver.received) {
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body, signed)).toEqual(event);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  }
  expect(new Set(receiver.received.map((webhook) => webhook.id)).size).toBe(events.length);
});

test("a gateway without a link to Genesys Cloud leaves what is for it to those that have one", async () => {
  const world = createWorld();
  const link = linkSubscription(world.now());
  await world.store.insertSubscription(link, 1);
  const receiver = await startReceiver();
  const { id } = await world.subscribe(receiver);
  world.work();
  await world.happen(await world.contact(), 1);

  await untilQuiet(world, id);

  expect(await world.standing(link.id)).toEqual({ waiting: 2, passedOver: [] });
  const { claims } = await world.store.claimNotifications({
    limit: 1,
    limitPerSubscription: 1,
    leaseMs: hour,
    only: link.id,
  });
  expect(claims).toMatchObject([{ attempt: 1 }]);
});

test("keeps the order of each contact over failures, and lets no contact wait for another", async () => {
  const world = createWorld();
  const tries = new Map<string, number>();
  const receiver = await startReceiver(({ id }) => {
    const count = (tries.get(id) ?? 0) + 1;
    tries.set(id, count);
    return [500, undefined, 200][count - 1];
  });
  const { id } = await world.subscribe(receiver);
  const contacts = await Promise.all(Array.from({ length: 6 }, () => world.contact()));
  for (const contactId of contacts) await world.happen(contactId, 5);
  world.work({ retryWaitsMs: [1, 1] });

  await waitUntil(async () => {
    world.advance(1);
    return (await world.standing(id)).waiting === 0;
  });

  for (const contactId of contacts) {
    const told = places(receiver, contactId);
    const inLog = (await world.store.readEvents(0, 1000, contactId)).map((event) => event.id);
    // Repetitions come at once after their first; nothing comes before what stands before it.
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect([...new Set(told)]).toEqual(inLog);
  }
  expect([...tries.values()]).toEqual(Array(6 * 6).fill(3));
  expect((await world.standing(id)).passedOver).toEqual([]);
});

test("tells the other contacts while one contact's event is refused", async () => {
  const world = createWorld();
  const [stuck, ...others] = await Promise.all(Array.from({ length: 4 }, () => world.contact()));
  const receiver = await startReceiver(({ event }) => (event.contactId === stuck ? 500 : 200));
  const { id } = await world.subscribe(receiver);
  for (const contactId of [stuck ?? "", ...others]) await world.happen(contactId, 3);
  world.work();

  const standing = await waitUntil(async () => {
    const now = await world.standing(id);
    return now.waiting === 3 && now;
  });

  expect(standing.failingSince).toBe(world.now());
  expect(new Set(places(receiver, stuck)).size).toBe(1);
  for (const contactId of others) expect(places(receiver, contactId)).toHaveLength(3);
});

test("tries for forty hours, then passes over the event, says so, and goes on", async () => {
  const world = createWorld();
  const { retryWaitsMs } = defaultNotificationPolicy;
  const receiver = await startReceiver(({ event }) => (event.id === "1" ? 500 : 200));
  const { id } = await world.subscribe(receiver);
  const contactId = await world.contact();
  await world.happen(contactId, 1);
  world.work();
  const nextInMs = async () =>
    (await world.store.claimNotifications({ limit: 0, limitPerSubscription: 0, leaseMs: 1 })).nextInMs;

  const start = world.now();
  for (const waitMs of retryWaitsMs) {
    await waitUntil(async () => (await nextInMs()) === waitMs);
    world.advance(waitMs);
  }
  await untilQuiet(world, id);

  const { passedOver, failingSince } = await world.standing(id);
  expect(world.now() - start).toBeGreaterThan(30 * hour);
  expect(places(receiver)).toEqual([...Array(retryWaitsMs.length + 1).fill(1), 2]);
  expect(passedOver).toMatchObject([{ eventId: 1, contactId, attempts: retryWaitsMs.length + 1 }]);
  expect(passedOver[0]?.reason).toContain("The subscriber answered 500.");
  expect(failingSince).toBeUndefined();
});

test("heeds Retry-After, and pauses the whole subscription where the subscriber asks to slow down", async () => {
  const world = createWorld();
  const receiver = await startReceiver(() => ({ status: 429, headers: { "retry-after": "90" } }));
  const { id } = await world.subscribe(receiver);
  await world.contact();
  world.work();
  await waitUntil(async () => (await world.standing(id)).lastAttempt?.status === 429);
  receiver.answer = () => 200;
  await world.contact();

  world.advance(89_000);
  const claims = () => world.store.claimNotifications({ limit: 10, limitPerSubscription: 10, leaseMs: 1000 });
  expect((await claims()).claims).toEqual([]);
  expect(receiver.received).toHaveLength(1);
  world.advance(1000);
  await untilQuiet(world, id);

  expect(receiver.received).toHaveLength(3);
});

test("ends a subscription whose subscriber is gone, and begins again when it is made active", async () => {
  const world = createWorld();
  const receiver = await startReceiver(() => 410);
  const { id } = await world.subscribe(receiver);
  world.work();
  const contactId = await world.contact();

  const ended = await waitUntil(async () => {
    const found = await world.store.findSubscription(id);
    return found?.state === "ended" && found;
  });
  receiver.answer = () => 200;
  await world.happen(contactId, 1);
  const before = receiver.received.length;
  await world.store.updateSubscription(id, { state: "active" });
  await untilQuiet(world, id);

  expect(ended.endedReason).toBe("The subscriber answered 410.");
  expect(before).toBe(1);
  expect(places(receiver)).toEqual([1, 1, 2]);
  expect(new Set(receiver.received.map((webhook) => webhook.id)).size).toBe(2);
});

test("signs with the old secret and the new one for as long as they overlap", async () => {
  const world = createWorld();
  const receiver = await startReceiver();
  const { id, secrets } = await world.subscribe(receiver);
  world.work();
  const [old = "", fresh] = [secrets[0]?.secret, createSigningSecret()];
  await world.store.rotateSecret(id, fresh, { until: world.now() + 60_000, keep: 2 });
  await world.contact();
  await untilQuiet(world, id);
  world.advance(60_000);
  await world.contact();
  await untilQuiet(world, id);

  const [during, after] = receiver.received;
  const verify = (secret: string, webhook: typeof during) =>
    new Webhook(secret).verify(webhook?.body ?? "", webhook?.headers as Record<string, string>);
  for (const secret of [old, fresh]) expect(verify(secret, during)).toBeTruthy();
  expect(verify(fresh, after)).toBeTruthy();
  expect(() => verify(old, after)).toThrow("No matching signature");
});

test("shares the work between gateways without telling anything twice or out of order", async () => {
  const world = createWorld();
  const receiver = await startReceiver();
  const { id } = await world.subscribe(receiver);
  const contacts = await Promise.all(Array.from({ length: 20 }, () => world.contact()));
  for (const contactId of contacts) await world.happen(contactId, 5);
  for (let n = 0; n < 3; n += 1) world.work();

  await untilQuiet(world, id);

  expect(receiver.received).toHaveLength(20 * 6);
  expect(receiver.mostAtOnce).toBeLessThanOrEqual(defaultNotificationPolicy.maxInFlightPerSubscription);
  for (const contactId of contacts) {
    const told = places(receiver, contactId);
    expect(told).toEqual([...told].sort((one, other) => one - other));
  }
});

test("connects to nothing private unless the operator allows it, and says why nothing is told", async () => {
  const world = createWorld({ allowPrivate: false, allowHttp: true });
  const receiver = await startReceiver();
  const { id } = await world.subscribe(receiver);
  world.work();
  await world.contact();

  const { lastAttempt } = await waitUntil(async () => {
    const standing = await world.standing(id);
    return standing.lastAttempt && standing;
  });

  expect(lastAttempt?.reason).toContain("not a public address");
  expect(receiver.received).toEqual([]);
});

test.each([
  [200, "taken"],
  [204, "taken"],
  [301, "retry"],
  [404, "retry"],
  [410, "ended"],
  [500, "retry"],
])("takes a %i for %s", (status, kind) => {
  const situation = { attempt: 1, policy: defaultNotificationPolicy, random: Math.random };

  expect(decideNotification({ kind: "answered", status }, situation).kind).toBe(kind);
});

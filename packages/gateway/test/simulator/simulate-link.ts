import type { Content } from "@quickcard/content";
import { webChannel } from "../../src/channels/web/web-channel.ts";
import { defaultDeliveryPolicy } from "../../src/delivery/delivery-policy.ts";
import { DeliveryWorker, type DeliveryWorld } from "../../src/delivery/delivery-worker.ts";
import { defaultLinkPolicy, type LinkPolicy } from "../../src/genesys-cloud/link-policy.ts";
import { linkSubscription } from "../../src/genesys-cloud/link-subscription.ts";
import { tellGenesysCloud } from "../../src/genesys-cloud/tell-genesys-cloud.ts";
import { UntoldEvents } from "../../src/genesys-cloud/untold-events.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { defaultNotificationPolicy } from "../../src/subscriptions/notification-policy.ts";
import { SubscriptionWorker } from "../../src/subscriptions/subscription-worker.ts";
import { AwayStore } from "./away-store.ts";
import { judgeConversations, type LinkVerdict, type Said } from "./judge-conversations.ts";
import { createRandom, type Random } from "./random.ts";
import { type CloudFaults, type EchoOrder, SimulatedCloud } from "./simulated-cloud.ts";
import { SimulatedWebhooks } from "./simulated-webhooks.ts";
import { VirtualTime } from "./virtual-time.ts";

/** What a test may change to see whether the simulator finds it out. */
export interface LinkPlant {
  policy?: Partial<LinkPolicy>;
  /** Stands between the webhook and its taking. */
  forgetsEchoes?: boolean;
  losesSpooled?: boolean;
}

/** How the world is beside its faults. */
export interface LinkWorld {
  echo: EchoOrder;
  /** For how long the database is away, in the middle of everything. Default: never. */
  awayMs?: number;
}

const integration = { id: "integration", webhookSecrets: ["0123456789abcdef0"] };
const minute = 60_000;

/** How long the troubles last, and how long after them everything must have come to an end. */
const troubleMs = 2 * minute;
const drainMs = 15 * minute;

/** Polls seldom: what is due is known, and each look is a turn of the loop. */
const notificationPolicy = { ...defaultNotificationPolicy, pollMs: minute, gatherMs: 250 };
const deliveryPolicy = { ...defaultDeliveryPolicy, pollMs: minute };

const noFaults: CloudFaults = {
  refused: 0,
  answerLost: 0,
  late: 0,
  requestLost: 0,
  rateLimited: 0,
  readFails: 0,
  duplicateWebhook: 0,
};

/** Runs one world from its seed: customers, agents and a program write while requests, answers and processes get lost. */
export async function simulateLink(
  seed: number,
  { echo, awayMs }: LinkWorld,
  plant: LinkPlant = {},
): Promise<LinkVerdict> {
  const random = createRandom(seed);
  const time = new VirtualTime();
  const kept = createMemoryStore(() => time.now);
  const away = new AwayStore(kept);
  const { store } = away;
  const policy = { ...defaultLinkPolicy, ...plant.policy };
  const webhooks = new SimulatedWebhooks({
    integrationId: integration.id,
    take: { store, integrations: [integration], allowHttp: false, policy, now: () => time.now },
    time,
    world: { sleep: (milliseconds, signal) => sleepFor(time, milliseconds, signal) },
    losesSpooled: plant.losesSpooled ?? false,
  });
  const cloud = new SimulatedCloud({
    time,
    random,
    faults: chooseFaults(random),
    echo,
    latestMs: policy.settleMs - policy.requestTimeoutMs - 1000,
    post: (message) => {
      const text = plant.forgetsEchoes ? message.text?.replace("(quickcard ", "(") : message.text;
      void webhooks.post(text === undefined ? message : { ...message, text });
    },
  });
  await prepare(kept, time);
  const start = () => startProcess({ store, cloud, policy, time, random });
  const said = play(kept, cloud, time, random);
  disturb(start, time, random);
  if (awayMs !== undefined)
    away.goAway(time, random, { at: random.integer(1, troubleMs / 2), forMs: awayMs });
  await time.run(troubleMs);
  cloud.faults = noFaults;
  await time.run(troubleMs + drainMs);
  return judgeConversations(seed, { store: kept, cloud, webhooks, said });
}

function chooseFaults(random: Random): CloudFaults {
  const faults = { ...noFaults };
  for (const fault of Object.keys(faults) as (keyof CloudFaults)[]) {
    faults[fault] = random.chance(0.6) ? random.next() * 0.15 : 0;
  }
  return faults;
}

const contactIds = ["ada", "bob"];

async function prepare(store: Store, time: VirtualTime): Promise<void> {
  for (const id of contactIds) {
    await store.insertContact({
      id,
      conversationId: `c-${id}`,
      state: "active",
      channel: "web",
      chatToken: `t-${id}`,
      createdAt: time.now,
      updatedAt: time.now,
    });
    // The conversation is there: what a program says into it has to reach the agents.
    await store.linkConversation(
      { contactId: id, integrationId: integration.id, remoteId: `conversation-${id}` },
      0,
    );
  }
  await store.insertSubscription(linkSubscription(time.now), 10);
}

/** Customers, agents and a program write over the time of trouble. Agents at times write the very words of the program. */
function play(store: Store, cloud: SimulatedCloud, time: VirtualTime, random: Random): Said {
  const said: Said = { contactIds, byCustomer: new Map(), byProgram: new Map(), byAgent: new Map() };
  const words = ["Hello", "How are you?", "Your order is here"];
  for (const contactId of contactIds) {
    const note = (whose: Map<string, string[]>, what: string) =>
      whose.set(contactId, [...(whose.get(contactId) ?? []), what]);
    const at = () => random.integer(1, troubleMs * 0.8);
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const id = uuid(random);
      time.schedule(at(), () => {
        note(said.byCustomer, id);
        void store.acceptInbound({
          id,
          contactId,
          direction: "inbound",
          status: "received",
          content: { type: "text", text: random.pick(["Hi", "Yes", "No"]) },
          clientMessageId: id,
          createdAt: time.now,
        });
      });
    }
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const id = uuid(random);
      const content: Content = { type: "text", text: random.pick(["Hello", ...words]) };
      time.schedule(at(), () => {
        note(said.byProgram, id);
        void store.acceptMessage({
          id,
          contactId,
          direction: "outbound",
          status: "queued",
          content,
          mode: "reconcile",
          expiresAt: time.now + 60 * minute,
          createdAt: time.now,
        });
      });
    }
    for (let n = random.integer(1, 4); n > 0; n -= 1) {
      const text = random.pick(["Hello", ...words]);
      time.schedule(at(), () => {
        note(said.byAgent, text);
        cloud.agentSays(contactId, text);
      });
    }
  }
  return said;
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

interface ProcessOptions {
  store: Store;
  cloud: SimulatedCloud;
  policy: LinkPolicy;
  time: VirtualTime;
  random: Random;
}

/** One gateway: it can be killed, and then nothing of it happens any more but what it has sent out. */
function startProcess({ store, cloud, policy, time, random }: ProcessOptions): () => void {
  let isDead = false;
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isDead) return new Promise(() => {});
    const settled = await work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (isDead) return new Promise(() => {});
    if ("error" in settled) throw settled.error;
    return settled.value;
  };
  const own = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
      if (name === "onChange") return method;
      return (...input: unknown[]) => alive(() => method(...input));
    },
  });
  const world: DeliveryWorld = {
    monotonicNow: () => time.now,
    random: () => random.next(),
    sleep: (milliseconds, signal) => alive(() => sleepFor(time, milliseconds, signal)),
    timeout: (milliseconds) => {
      const controller = new AbortController();
      const cancel = time.schedule(milliseconds, () => controller.abort());
      return { signal: controller.signal, cancel };
    },
  };
  const onError = () => {};
  const untold = new UntoldEvents();
  new SubscriptionWorker({
    store: own,
    policy: notificationPolicy,
    world,
    onError,
    tell: (claim, signal) =>
      alive(() =>
        tellGenesysCloud(
          {
            cloud,
            store: own,
            integrations: [integration],
            policy,
            untold,
            random: () => random.next(),
            now: () => time.now,
          },
          claim,
          signal,
        ),
      ),
  }).start();
  new DeliveryWorker({
    store: own,
    channels: [webChannel],
    policy: deliveryPolicy,
    world,
    onError,
  }).start();
  return () => {
    isDead = true;
  };
}

function sleepFor(time: VirtualTime, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = time.schedule(milliseconds, end);
    signal.addEventListener("abort", end);
  });
}

/** One or two processes, each killed now and then and started again. */
function disturb(start: () => () => void, time: VirtualTime, random: Random): void {
  for (let n = random.integer(1, 2); n > 0; n -= 1) {
    let kill = start();
    for (let kills = random.integer(0, 3); kills > 0; kills -= 1) {
      time.schedule(random.integer(1, troubleMs), () => {
        kill();
        kill = start();
      });
    }
  }
}

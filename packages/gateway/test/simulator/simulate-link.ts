import { defaultLinkPolicy, type LinkPolicy } from "../../src/genesys-cloud/link-policy.ts";
import { linkSubscription } from "../../src/genesys-cloud/link-subscription.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { AwayStore } from "./away-store.ts";
import { judgeConversations, type LinkVerdict } from "./judge-conversations.ts";
import { integration, sleepFor, startLinkProcess } from "./link-process.ts";
import { playConversations } from "./play-conversations.ts";
import { createRandom, type Random } from "./random.ts";
import { type CloudFaults, type EchoOrder, noFaults, SimulatedCloud } from "./simulated-cloud.ts";
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

const minute = 60_000;

/** How long the troubles last, and how long after them everything must have come to an end. */
const troubleMs = 2 * minute;
const drainMs = 15 * minute;

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
  const start = () => startLinkProcess({ store, cloud, policy, time, random });
  const said = playConversations({ store: kept, cloud, time, random, contactIds, untilMs: troubleMs * 0.8 });
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

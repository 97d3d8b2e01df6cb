import type { DeliveryMode, MessageStatus } from "@quickcard/client";
import type { ChannelTraits } from "../../src/channels/channel.ts";
import { type DeliveryPolicy, defaultDeliveryPolicy } from "../../src/delivery/delivery-policy.ts";
import { isTransition, unfinished } from "../../src/delivery/message-state.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { OutboundRecord } from "../../src/store/records.ts";
import type { Store } from "../../src/store/store.ts";
import { disturb } from "./disturb.ts";
import { type FaultRates, FaultyChannel, simulatedTraits } from "./faulty-channel.ts";
import { calledThrough, SimulatedProcess } from "./process.ts";
import { createRandom, type Random } from "./random.ts";
import { VirtualTime } from "./virtual-time.ts";

/** What a run came to. Everything but `sent` and `unknown` is a broken promise. */
export interface Verdict {
  seed: number;
  accepted: number;
  sent: number;
  unknown: number;
  lost: string[];
  duplicated: string[];
  outOfOrder: string[];
  stuck: string[];
  /** What the store says of a message and the channel's log contradicts, or a change of status that cannot be. */
  untrue: string[];
}

/** What a test may change to see whether the simulator finds it out. */
export interface Plant {
  policy?: Partial<DeliveryPolicy>;
  traits?: Partial<ChannelTraits>;
  /** Stands between the workers and the store. */
  store?: (store: Store) => Store;
  mode?: DeliveryMode;
}

const simulatedPolicy: DeliveryPolicy = {
  ...defaultDeliveryPolicy,
  retryBaseMs: 200,
  retryCapMs: 3000,
  leaseMs: 5000,
  leaseMarginMs: 500,
  searchBaseMs: 500,
  searchCapMs: 4000,
  searchDeadlineMs: 60_000,
  maxInFlight: 8,
  pollMs: 1000,
  restAfterFailureMs: 300,
};

/** How long the troubles last. */
const troubleMs = 60_000;

const longestFreezeMs = 30_000;

/** How long after them everything must have come to an end: every lease, settling time and search included. */
const drainMs = 10 * 60_000;

/** Runs one world from its seed: contacts, messages, processes, and all that goes wrong among them. */
export async function simulate(seed: number, plant: Plant = {}): Promise<Verdict> {
  const random = createRandom(seed);
  const time = new VirtualTime();
  const original = createMemoryStore(() => time.now);
  const store = plant.store ? plant.store(original) : original;
  const channel = new FaultyChannel({
    time,
    random,
    rates: chooseRates(random),
    traits: { ...simulatedTraits, ...plant.traits },
    echo: (messageId) => void store.recordApplied(messageId, `c-${messageId}`),
  });
  const policy = { ...simulatedPolicy, ...plant.policy };
  const freezesAfterCall = () => (time.now < troubleMs ? 0.01 : 0);
  const settings = { store, channel: calledThrough(channel), policy, freezesAfterCall, longestFreezeMs };
  const start = () => new SimulatedProcess(settings, time, random);
  const accepted = await offerMessages(store, time, random, plant.mode ?? "reconcile");
  disturb({ time, random, troubleMs, longestFreezeMs }, start);

  await time.run(troubleMs);
  channel.rates = noFaults;
  for (let end = troubleMs; end <= troubleMs + drainMs && !(await isDrained(original, accepted())); ) {
    end += 5000;
    await time.run(end);
  }
  return judge(seed, original, channel, accepted());
}

async function isDrained(store: Store, accepted: OutboundRecord[]): Promise<boolean> {
  for (const { id, contactId } of accepted) {
    const message = await store.findMessage(contactId, id);
    if (message?.direction === "outbound" && unfinished.includes(message.status)) return false;
  }
  return true;
}

const noFaults: FaultRates = {
  refused: 0,
  resetAfterApplied: 0,
  late: 0,
  errorAfterApplied: 0,
  errorNotApplied: 0,
  rateLimited: 0,
  echoBefore: 0,
  echoAfter: 0,
  echoInstead: 0,
  searchFails: 0,
};

function chooseRates(random: Random): FaultRates {
  const rates = { ...noFaults };
  for (const fault of Object.keys(rates) as (keyof FaultRates)[]) {
    rates[fault] = random.chance(0.6) ? random.next() * 0.1 : 0;
  }
  return rates;
}

/** Lets contacts' messages come in over time, in bursts. Returns what was accepted, in the order of the answers. */
async function offerMessages(store: Store, time: VirtualTime, random: Random, mode: DeliveryMode) {
  const accepted: OutboundRecord[] = [];
  const contacts = random.integer(1, 4);
  for (let contact = 0; contact < contacts; contact += 1) {
    const contactId = `contact-${contact}`;
    await store.insertContact({
      id: contactId,
      conversationId: `conversation-${contact}`,
      state: "active",
      channel: "web",
      chatToken: `chat-${contact}`,
      createdAt: 0,
      updatedAt: 0,
    });
    const messages = random.integer(1, 12);
    for (let number = 0; number < messages; number += 1) {
      time.schedule(random.chance(0.5) ? random.integer(0, 50) : random.integer(0, troubleMs), () => {
        void store
          .acceptMessage({
            id: `${contactId}/${accepted.length}`,
            contactId,
            direction: "outbound",
            status: "queued",
            content: { type: "text", text: "Hello" },
            mode,
            createdAt: time.now,
            expiresAt: 24 * 3_600_000,
          })
          .then((answer) => {
            if (answer.kind === "created") accepted.push(answer.record);
          });
      });
    }
  }
  return () => accepted;
}

async function judge(
  seed: number,
  store: Store,
  channel: FaultyChannel,
  accepted: OutboundRecord[],
): Promise<Verdict> {
  const verdict: Verdict = {
    seed,
    accepted: accepted.length,
    sent: 0,
    unknown: 0,
    lost: [],
    duplicated: [],
    outOfOrder: [],
    stuck: [],
    untrue: [],
  };
  for (const { id, contactId } of accepted) {
    const message = await store.findMessage(contactId, id);
    const status = message?.direction === "outbound" ? message.status : "failed";
    judgeMessage(verdict, id, status, channel.log.filter(({ messageId }) => messageId === id).length);
    const statuses = await store.listStatuses({ id, contactId });
    verdict.untrue.push(
      ...impossibleSteps(
        id,
        statuses.map((change) => change.status),
      ),
    );
  }
  judgeOrder(verdict, accepted, channel);
  return verdict;
}

function judgeMessage(verdict: Verdict, id: string, status: MessageStatus, times: number): void {
  if (times > 1) verdict.duplicated.push(id);
  if (status === "sent") {
    verdict.sent += 1;
    if (times === 0) verdict.lost.push(id);
  } else if (status === "unknown") verdict.unknown += 1;
  else if (status !== "failed") verdict.stuck.push(`${id} is ${status}`);
  else if (times > 0) verdict.untrue.push(`${id} is called failed, and was applied`);
}

function impossibleSteps(id: string, statuses: MessageStatus[]): string[] {
  return statuses.flatMap((to, index) => {
    const from = statuses[index - 1];
    return from === undefined || isTransition(from, to) ? [] : [`${id} went from ${from} to ${to}`];
  });
}

/** First appearances, for each contact, in the order of the answers. */
function judgeOrder(verdict: Verdict, accepted: OutboundRecord[], channel: FaultyChannel): void {
  const place = new Map(accepted.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  const seen = new Set<string>();
  for (const { messageId, contactId } of channel.log) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    const index = place.get(messageId) ?? -1;
    if (index < (last.get(contactId) ?? -1)) verdict.outOfOrder.push(messageId);
    last.set(contactId, Math.max(index, last.get(contactId) ?? -1));
  }
}

/** Whether a run kept every promise. */
export function isClean({ lost, duplicated, outOfOrder, stuck, untrue }: Verdict): boolean {
  return [lost, duplicated, outOfOrder, stuck, untrue].every((broken) => broken.length === 0);
}

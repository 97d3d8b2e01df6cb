import type { ChannelTraits } from "#gateway/channels/channel.ts";
import { type Candidate, interleave } from "../../../../testing/bench/interleave.ts";
import { markdownTable } from "../../../../testing/bench/markdown-table.ts";
import { summary } from "../../../../testing/bench/statistics.ts";
import type { StorePlace } from "../../torture/gateway-fleet.ts";
import { openStore } from "../../torture/open-store.ts";
import {
  startUpstream,
  type UpstreamHandle,
  type UpstreamState,
} from "../../torture/upstream/upstream-handle.ts";
import { noUpstreamFaults, type UpstreamQuota } from "../../torture/upstream/upstream-settings.ts";
import { deliver } from "../deliver.ts";
import { evenly, fill } from "../fill.ts";
import { measuredTraits } from "../measured-traits.ts";
import type { RivalMessage, RivalSettings } from "../pace-rivals/rival-process.ts";
import { runRival } from "../pace-rivals/run-rival.ts";
import { type Section, type SectionOptions, storeTitles } from "../section.ts";

const allowedPerSecond = 100;
const burst = 4;

/** SQLite is one gateway's own. */
const processesOn = { sqlite: 1, postgres: 4 } as const;

/** What a drain under a limit came to. */
interface Drain {
  overFloor: number;
  rateLimitedShare: number;
  lost: number;
  outOfOrder: number;
}

/** Draining messages to a platform that takes 100 a second. */
export const pace: Section = {
  name: "pace",
  title: "Drain under a limit",
  async run(options) {
    const messages = Math.round(2000 * options.scale);
    const tables: string[] = [];
    for (const kind of ["fixed-window", "token-bucket"] as const) {
      const figures = await interleave(candidates(kind, messages, options), options.rounds);
      const rows = [...figures].map(([name, drains]) => [
        name,
        summary(
          drains.map(({ overFloor }) => overFloor),
          3,
        ),
        `${summary(
          drains.map(({ rateLimitedShare }) => rateLimitedShare * 100),
          2,
        )} %`,
        summary(drains.map(({ lost }) => lost)),
        summary(drains.map(({ outOfOrder }) => outOfOrder)),
      ]);
      const columns = [
        `429 beyond ${allowedPerSecond} a second, ${kind.replace("-", " ")}`,
        "time ÷ floor",
        "share of 429",
        "lost",
        "out of order",
      ];
      tables.push(markdownTable(columns, rows));
    }
    return [
      `${messages} messages in bursts of ${burst} for each contact; floor ${floorSeconds(messages)} s.`,
      ...tables,
    ].join("\n\n");
  },
};

/** In both kinds of limit the first second takes `allowedPerSecond` at once. */
function floorSeconds(messages: number): number {
  return (messages - allowedPerSecond) / allowedPerSecond;
}

function candidates(
  kind: UpstreamQuota["kind"],
  messages: number,
  { stores }: SectionOptions,
): Candidate<Drain>[] {
  const measure = (send: (upstream: UpstreamHandle) => Promise<unknown>) => () => drain(kind, messages, send);
  const rival = (name: string, settings: Pick<RivalSettings, "kind" | "workers">, processes = 1) => ({
    name,
    measure: measure((upstream) =>
      runRival({ ...settings, allowedPerSecond, upstreamUrl: upstream.url }, burstsOf(messages), processes),
    ),
  });
  return [
    ...stores.kinds.map((store) => ({
      name: `gateway on ${storeTitles[store]}, 16 workers in ${processesOn[store] === 1 ? "one process" : "4 processes"}`,
      measure: async () => {
        const place = await stores.empty(store);
        const filled = await openStore(place);
        await fill(filled, { messagesOf: evenly(messages, messages / burst), burst });
        await filled.close();
        return measure((upstream) => gateway(place, upstream, messages))();
      },
    })),
    rival("the tutorial's loop, 16 workers", { kind: "tutorial", workers: 16 }),
    rival("the tutorial's loop, 64 workers", { kind: "tutorial", workers: 64 }),
    rival("`p-queue`, 16 at once, one process", { kind: "p-queue", workers: 16 }),
    rival("`p-queue`, 16 at once in each of 4 processes", { kind: "p-queue", workers: 16 }, 4),
    rival("no retry (the official SDK), 16 workers", { kind: "no-retry", workers: 16 }),
  ];
}

async function gateway(store: StorePlace, upstream: UpstreamHandle, messages: number): Promise<void> {
  const traits: ChannelTraits = { ...measuredTraits, pace: { allowed: allowedPerSecond, windowMs: 1000 } };
  const processes = processesOn[store.kind];
  const settings = { store, upstreamUrl: upstream.url, traits, policy: { maxInFlight: 16 / processes } };
  await deliver(settings, { processes, messages });
}

function burstsOf(messages: number): RivalMessage[] {
  return Array.from({ length: messages }, (_, index) => ({
    contactId: `contact-${Math.floor(index / burst)}`,
    number: index % burst,
  }));
}

async function drain(
  kind: UpstreamQuota["kind"],
  messages: number,
  send: (upstream: UpstreamHandle) => Promise<unknown>,
): Promise<Drain> {
  const upstream = await startUpstream({
    seed: 1,
    faults: noUpstreamFaults,
    closedShare: 0,
    serviceMs: [15, 25],
    slowMs: 0,
    lateMs: [0, 0],
    readBackLagMs: 0,
    echoes: 0,
    quota: { kind, allowed: allowedPerSecond, windowMs: 1000, tellsUsage: true },
  });
  try {
    await send(upstream);
    return judgeDrain(await upstream.read(), messages);
  } finally {
    await upstream.stop();
  }
}

function judgeDrain({ log, counts }: UpstreamState, messages: number): Drain {
  const last = new Map<string, number>();
  let outOfOrder = 0;
  for (const { contactId, text } of log) {
    const before = last.get(contactId) ?? -1;
    if (Number(text) < before) outOfOrder += 1;
    last.set(contactId, Math.max(before, Number(text)));
  }
  const seconds = ((log.at(-1)?.at ?? 0) - counts.firstRequestAt) / 1000;
  return {
    overFloor: seconds / floorSeconds(messages),
    rateLimitedShare: counts.rateLimited / counts.requests,
    lost: messages - new Set(log.map(({ id }) => id)).size,
    outOfOrder,
  };
}

import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import type { ChannelAdapter } from "../src/channels/channel.ts";
import type { ChannelPost } from "../src/channels/channel-http.ts";
import { type BubbleVerdict, isFaultless } from "./simulator/judge-bubbles.ts";
import { simulateVendor, type VendorPlant } from "./simulator/simulate-vendor.ts";
import { customSecret, type SimulatedName, simulatedNames } from "./simulator/simulated-vendor.ts";

/** `SIMULATOR_SEEDS=20000 npx vitest run channel-simulation` runs more; `SIMULATOR_FIRST` begins elsewhere. */
const seeds = Number(process.env.SIMULATOR_SEEDS ?? 40);
const first = Number(process.env.SIMULATOR_FIRST ?? 1);

/** What clears up a doubt: the channel's word of what it has, a key that makes a repetition safe, or nothing. */
const evidence: Readonly<Record<SimulatedName, "marks" | "retry-key" | "none">> = {
  whatsapp: "marks",
  messenger: "marks",
  instagram: "marks",
  line: "retry-key",
  telegram: "none",
  custom: "retry-key",
};

test.each(simulatedNames)(
  `%s: keeps every promise in ${seeds} worlds of faults, message by message and part by part`,
  {
    timeout: 60_000 + seeds * 500,
  },
  async (vendor) => {
    const broken: BubbleVerdict[] = [];
    const total = { accepted: 0, ofParts: 0, unknown: 0, missed: 0 };
    for (let seed = first; seed < first + seeds; seed += 1) {
      const verdict = await simulateVendor(vendor, seed);
      total.accepted += verdict.accepted;
      total.ofParts += verdict.ofParts;
      total.unknown += verdict.unknown;
      total.missed += verdict.missed.length;
      if (!isFaultless(verdict)) broken.push(verdict);
    }

    expect(broken).toEqual([]);
    expect(total.accepted).toBeGreaterThan(seeds);
    // A program with a channel of its own is given every content whole.
    if (vendor === "custom") expect(total.ofParts).toBe(0);
    else expect(total.ofParts).toBeGreaterThan(seeds / 2);
    // A repetition that is safe leaves nothing in doubt; a channel that tells of what it has, nothing that it has.
    if (evidence[vendor] === "retry-key") expect(total.unknown).toBe(0);
    if (evidence[vendor] === "marks") expect(total.missed).toBe(0);
    // Where nothing can be found out, that is said.
    if (evidence[vendor] === "none") expect(total.missed).toBeGreaterThan(0);
  },
);

test("the same seed makes the same world", async () => {
  const summary = async () => {
    const { arrived, failed, unknown, missed } = await simulateVendor("whatsapp", 7);
    return { arrived, failed, unknown, missed: missed.length };
  };
  expect(await summary()).toEqual(await summary());
});

test("at-most-once shows nothing twice, at-least-once leaves nothing in doubt", async () => {
  let doubts = 0;
  for (let seed = 1; seed <= 30; seed += 1) {
    const never = await simulateVendor("telegram", seed, { mode: "at-most-once" });
    expect(never).toMatchObject({ duplicated: [], outOfOrder: [], lost: [], stuck: [], untrue: [] });
    const always = await simulateVendor("telegram", seed, { mode: "at-least-once" });
    expect(always).toMatchObject({ unknown: 0, lost: [], stuck: [], untrue: [] });
    doubts += never.unknown + always.duplicated.length;
  }
  expect(doubts).toBeGreaterThan(0);
});

type Broken = "duplicated" | "outOfOrder" | "missed";

const plants: readonly { name: string; vendor: SimulatedName; shows: Broken; plant: VendorPlant }[] = [
  {
    name: "parts that are not on record before the next one leaves",
    vendor: "telegram",
    shows: "duplicated",
    plant: {
      store: (store) => ({
        ...store,
        recordPart: async (id, part) => [...(await store.listParts(id)), part],
      }),
    },
  },
  {
    name: "a search that takes silence for absence",
    vendor: "whatsapp",
    shows: "duplicated",
    plant: { adapter: (adapter) => ({ ...adapter, search: async () => ({ kind: "absent" }) }) },
  },
  {
    name: "requests to LINE without their retry key",
    vendor: "line",
    shows: "duplicated",
    plant: {
      http: (http) => ({
        ...http,
        post: ({ headers: { "x-line-retry-key": _, ...headers }, ...post }) =>
          http.post({ ...post, headers }),
      }),
    },
  },
  {
    name: "posts to a program that have another webhook-id each time",
    vendor: "custom",
    shows: "duplicated",
    plant: { http: (http) => ({ ...http, post: (post) => http.post(signedAnew(post)) }) },
  },
  {
    name: "a worker that goes on although its claim has run out",
    vendor: "telegram",
    shows: "outOfOrder",
    plant: {
      freezes: 0.1,
      adapter: (adapter) => ({
        ...adapter,
        send: (sending) => adapter.send({ ...sending, isTimely: () => true }),
      }),
    },
  },
  {
    name: "a lane that goes on before a late request would have been applied",
    vendor: "telegram",
    shows: "outOfOrder",
    plant: { adapter: (adapter) => ({ ...adapter, traits: { ...adapter.traits, settleMs: 0 } }) },
  },
  {
    name: "a part that is sent again, after others, as it has failed",
    vendor: "whatsapp",
    shows: "outOfOrder",
    plant: {
      rates: { "fail-later": 0.2, refused: 0.2 },
      store: (store) => ({
        ...store,
        listParts: async (id) => (await store.listParts(id)).filter(({ status }) => status !== "failed"),
        recordPart: async (id, part) =>
          (await store.recordPart(id, part)).filter(({ status }) => status !== "failed"),
      }),
    },
  },
  {
    name: "marks that are not read",
    vendor: "messenger",
    shows: "missed",
    plant: { adapter: withoutMarks },
  },
];

function signedAnew(post: ChannelPost): ChannelPost {
  const [id, timestamp] = [`msg_${randomUUID()}`, Number(post.headers["webhook-timestamp"])];
  const signature = new Webhook(customSecret).sign(id, new Date(timestamp * 1000), String(post.body));
  return { ...post, headers: { ...post.headers, "webhook-id": id, "webhook-signature": signature } };
}

function withoutMarks(adapter: ChannelAdapter): ChannelAdapter {
  const { webhook } = adapter;
  if (!webhook) return adapter;
  return {
    ...adapter,
    webhook: {
      ...webhook,
      read(body, headers) {
        const read = webhook.read(body, headers);
        return read.ok ? { ...read, news: read.news.filter((one) => !("mark" in one)) } : read;
      },
    },
  };
}

test.each(plants)("finds out $name", { timeout: 30_000 }, async ({ vendor, shows, plant }) => {
  for (let seed = 1; seed <= 1000; seed += 1) {
    if ((await simulateVendor(vendor, seed, plant))[shows].length > 0) return;
  }
  expect.fail("a thousand worlds did not show it");
});

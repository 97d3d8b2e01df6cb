import { expect, test } from "vitest";
import type { Store } from "../src/store/store.ts";
import { isClean, type Plant, simulate, type Verdict } from "./simulator/simulate.ts";

/** `SIMULATOR_SEEDS=200000 npx vitest run delivery-simulation` runs more; `SIMULATOR_FIRST` begins elsewhere. */
const seeds = Number(process.env.SIMULATOR_SEEDS ?? 2000);
const first = Number(process.env.SIMULATOR_FIRST ?? 1);

test(`keeps every promise in ${seeds} worlds of faults, crashes, frozen processes and skewed clocks`, {
  timeout: 60_000 + seeds * 20,
}, async () => {
  const broken: Verdict[] = [];
  let accepted = 0;
  let unknown = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const verdict = await simulate(seed);
    accepted += verdict.accepted;
    unknown += verdict.unknown;
    if (!isClean(verdict)) broken.push(verdict);
  }

  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(seeds);
  // With evidence to be had, hardly anything stays in doubt.
  expect(unknown).toBeLessThan(accepted / 100);
});

/** The first of the seeds whose world shows the planted fault. */
async function findPlanted(plant: Plant, shows: (verdict: Verdict) => boolean): Promise<Verdict | undefined> {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const verdict = await simulate(seed, plant);
    if (shows(verdict)) return verdict;
  }
  return undefined;
}

const isDuplicated = (verdict: Verdict) => verdict.duplicated.length > 0;

test("finds out a search that is made at once", async () => {
  expect(await findPlanted({ traits: { settleMs: 0 } }, isDuplicated)).toBeDefined();
});

/** Claims that run out while the request is still under way. */
const shortLease = { leaseMs: 800, leaseMarginMs: -10_000 };

test("finds out a lease that is shorter than the call", async () => {
  const plant = { policy: shortLease, traits: { settleMs: 0 } };

  expect(await findPlanted(plant, isDuplicated)).toBeDefined();
});

test("finds out workers that go on, and a store that lets them, although their claims have run out", async () => {
  // Nobody looks at the lease before a request, and whatever epoch is reported for, the present one is put in place.
  const unfenced = (store: Store): Store => {
    const epochs = new Map<string, number>();
    return {
      ...store,
      async claim(request) {
        const claims = await store.claim(request);
        for (const { contact, epoch } of claims.claims) epochs.set(contact.id, epoch);
        return claims;
      },
      settle: (settlement) => {
        const epoch = epochs.get(settlement.claim.contact.id) ?? settlement.claim.epoch;
        return store.settle({ ...settlement, claim: { ...settlement.claim, epoch } });
      },
    };
  };

  expect(await findPlanted({ policy: { leaseMarginMs: -1e9 }, store: unfenced }, isDuplicated)).toBeDefined();
});

test("finds out a lane that is released without a look at what has come in", async () => {
  // A message that comes in while its contact's lane is held is not seen until another one comes in.
  const forgetful = (store: Store): Store => {
    const held = new Set<string>();
    const forgotten = new Set<string>();
    return {
      ...store,
      async acceptMessage(message, claim) {
        if (held.has(message.contactId)) forgotten.add(message.contactId);
        else forgotten.delete(message.contactId);
        return store.acceptMessage(message, claim);
      },
      async claim(request) {
        const { claims, nextInMs } = await store.claim(request);
        const seen = claims.filter(({ contact, work }) => work !== "send" || !forgotten.has(contact.id));
        for (const { contact } of seen) held.add(contact.id);
        return { claims: seen, nextInMs };
      },
      async settle(settlement) {
        if (settlement.decision.status === "sent") held.delete(settlement.claim.contact.id);
        return store.settle(settlement);
      },
    };
  };

  expect(await findPlanted({ store: forgetful }, (verdict) => verdict.stuck.length > 0)).toBeDefined();
});

test("repeats what is in doubt where the sender prefers twice to never", async () => {
  let duplicated = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const verdict = await simulate(seed, { mode: "at-least-once" });
    expect({ ...verdict, duplicated: [] }).toMatchObject({
      lost: [],
      outOfOrder: [],
      stuck: [],
      untrue: [],
      unknown: 0,
    });
    duplicated += verdict.duplicated.length;
  }

  expect(duplicated).toBeGreaterThan(0);
});

test("never repeats what is in doubt where the sender prefers never to twice, and says so", async () => {
  let unknown = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const verdict = await simulate(seed, { mode: "at-most-once" });
    expect(verdict).toMatchObject({ lost: [], duplicated: [], outOfOrder: [], stuck: [], untrue: [] });
    unknown += verdict.unknown;
  }

  expect(unknown).toBeGreaterThan(0);
});

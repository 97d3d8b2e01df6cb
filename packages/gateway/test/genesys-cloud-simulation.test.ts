import { describe, expect, test } from "vitest";
import type { LinkVerdict } from "./simulator/judge-conversations.ts";
import { type LinkPlant, type LinkWorld, simulateLink } from "./simulator/simulate-link.ts";

/** Of each order of echo and answer. */
const runs = Number(process.env.QUICKCARD_LINK_SEEDS ?? 1000);

async function run(count: number, world: LinkWorld): Promise<LinkVerdict[]> {
  const verdicts: LinkVerdict[] = [];
  for (let seed = 1; seed <= count; seed += 1) verdicts.push(await simulateLink(seed, world));
  return verdicts;
}

function isBroken({ lost, duplicated, outOfOrder, untrue, unanswered }: LinkVerdict): boolean {
  return lost.length + duplicated.length + outOfOrder.length + untrue.length + unanswered.length > 0;
}

describe("customers, agents and programs see each message once, in order, while anything gets lost", () => {
  test.each(["before", "after", "instead"] as const)(
    "with the echo of our text %s the answer",
    async (echo) => {
      const verdicts = await run(runs, { echo });

      expect(verdicts.filter(isBroken)).toEqual([]);
      const total = (of: keyof LinkVerdict["counts"]) =>
        verdicts.reduce((sum, { counts }) => sum + counts[of], 0);
      expect(total("toCustomer")).toBeGreaterThan(runs * 4);
      expect(total("toGenesysCloud")).toBeGreaterThan(runs * 2);
      expect(total("transcripts")).toBeGreaterThan(runs * 2);
    },
  );
});

test("with the database away for two minutes each webhook is answered within a second, and shown afterwards", async () => {
  const verdicts = await run(runs / 5, { echo: "after", awayMs: 120_000 });

  expect(verdicts.filter(isBroken)).toEqual([]);
  expect(verdicts.reduce((sum, { counts }) => sum + counts.spooled, 0)).toBeGreaterThan(runs / 5);
});

describe("the simulator finds", () => {
  const isFound = async (plant: LinkPlant, world: LinkWorld = { echo: "after" }) => {
    for (let seed = 1; seed <= 200; seed += 1) {
      if (isBroken(await simulateLink(seed, world, plant))) return true;
    }
    return false;
  };

  test("a link that does not know its own text", async () => {
    expect(await isFound({ forgetsEchoes: true })).toBe(true);
  });

  test("a link that looks before a late request can have been carried out", async () => {
    expect(await isFound({ policy: { settleMs: 50 } })).toBe(true);
  });

  const away: LinkWorld = { echo: "after", awayMs: 120_000 };

  test("a webhook that waits for the database", async () => {
    expect(await isFound({ policy: { intakeTimeoutMs: 5000 } }, away)).toBe(true);
  });

  test("a disk that loses webhooks", async () => {
    expect(await isFound({ losesSpooled: true }, away)).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import { type LinkPlant, type LinkVerdict, simulateLink } from "./simulator/simulate-link.ts";
import type { EchoOrder } from "./simulator/simulated-cloud.ts";

/** Of each order of echo and answer. */
const runs = Number(process.env.QUICKCARD_LINK_SEEDS ?? 1000);

async function run(echo: EchoOrder): Promise<LinkVerdict[]> {
  const verdicts: LinkVerdict[] = [];
  for (let seed = 1; seed <= runs; seed += 1) verdicts.push(await simulateLink(seed, echo));
  return verdicts;
}

function isBroken({ lost, duplicated, outOfOrder, untrue }: LinkVerdict): boolean {
  return lost.length + duplicated.length + outOfOrder.length + untrue.length > 0;
}

describe("customers, agents and programs see each message once, in order, while anything gets lost", () => {
  test.each(["before", "after", "instead"] as const)(
    "with the echo of our text %s the answer",
    async (echo) => {
      const verdicts = await run(echo);

      expect(verdicts.filter(isBroken)).toEqual([]);
      const total = (of: keyof LinkVerdict["counts"]) =>
        verdicts.reduce((sum, { counts }) => sum + counts[of], 0);
      expect(total("toCustomer")).toBeGreaterThan(runs * 4);
      expect(total("toGenesysCloud")).toBeGreaterThan(runs * 2);
      expect(total("transcripts")).toBeGreaterThan(runs * 2);
    },
  );
});

describe("the simulator finds", () => {
  const isFound = async (plant: LinkPlant) => {
    for (let seed = 1; seed <= 200; seed += 1) {
      if (isBroken(await simulateLink(seed, "after", plant))) return true;
    }
    return false;
  };

  test("a link that does not know its own text", async () => {
    expect(await isFound({ forgetsEchoes: true })).toBe(true);
  });

  test("a link that looks before a late request can have been carried out", async () => {
    expect(await isFound({ policy: { settleMs: 50 } })).toBe(true);
  });
});

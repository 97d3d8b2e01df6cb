import { expect, test } from "vitest";
import { findPostgres } from "../../../testing/start-postgres.ts";
import { complaintsOf } from "../torture/report.ts";
import { runScenario } from "../torture/run-scenario.ts";
import { scenarios } from "../torture/scenarios.ts";

/** A tenth of `npm run torture`. */
const scale = 0.1;

const postgresPrograms = findPostgres();

// They wait more than they work: for leases, settling times and gateways that start.
for (const scenario of scenarios) {
  for (const store of scenario.stores) {
    const run = test.skipIf(store === "postgres" && postgresPrograms === undefined).concurrent;
    run(`keeps every promise on ${store}: ${scenario.title}`, { timeout: 300_000 }, async () => {
      const result = await runScenario(scenario, { store, scale, seed: 1, postgresPrograms });

      expect(complaintsOf(result)).toEqual([]);
      expect(result.verdict.unknown).toBe(0);
      expect(result.verdict.sent).toBe(result.sends);
    });
  }
}

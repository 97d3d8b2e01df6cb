import { describe, expect, test } from "vitest";
import { findPostgres } from "../../../testing/start-postgres.ts";
import { runLinkTorture } from "../torture/link/run-link-torture.ts";

const postgresPrograms = findPostgres();

/** A tenth of `npm run torture -- --only link`, and less on PostgreSQL. */
const sizes = {
  sqlite: { messages: 200, customers: 10, kills: 5 },
  postgres: { messages: 100, customers: 10, kills: 3 },
} as const;

// They wait more than they work: for settling times and gateways that start.
describe("a gateway that is killed again and again, over a platform that errs, loses nothing and tells nothing twice", () => {
  for (const store of ["sqlite", "postgres"] as const) {
    const run = test.skipIf(store === "postgres" && postgresPrograms === undefined).concurrent;
    run(`on ${store}`, { timeout: 300_000 }, async () => {
      const { complaints } = await runLinkTorture({ ...sizes[store], store, postgresPrograms });

      expect(complaints).toEqual([]);
    });
  }
});

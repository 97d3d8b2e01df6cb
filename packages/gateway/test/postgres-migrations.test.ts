import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgres, startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";

const programs = findPostgres();
const directory = new URL("../migrations/postgres/", import.meta.url);
const migrations = readdirSync(directory).sort();

/** All that the statements of a gateway can name: columns, and functions with their arguments. */
const namesQuery = `
  SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'quickcard'
  UNION ALL
  SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'quickcard'::regnamespace`;

test("migrations are numbered from 1, each number once", () => {
  expect(migrations.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, place) => place + 1));
});

describe.skipIf(programs === undefined)("migrations of PostgreSQL", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "", { fsync: "off" });
  });
  afterAll(() => postgres.stop());

  test("take nothing away that a gateway of the version before still calls", async () => {
    const client = new pg.Client(await postgres.createDatabase());
    await client.connect();
    try {
      await client.query("CREATE SCHEMA quickcard; SET search_path = quickcard, pg_temp");
      const names = [new Set<string>()];
      for (const migration of migrations) {
        await client.query(readFileSync(new URL(migration, directory), "utf8"));
        const { rows } = await client.query<{ name: string }>(namesQuery);
        const after = new Set(rows.map(({ name }) => name));
        const gone = [...(names.at(-1) ?? [])].filter((name) => !after.has(name));
        expect(gone, migration).toEqual([]);
        names.push(after);
      }
      expect(names.at(-1)?.size).toBeGreaterThan(names[1]?.size ?? 0);
      const { rows } = await client.query("SELECT * FROM claim_notifications(1, 1, 1000, 0)");
      expect(rows, "a claim as version 12 made it").toMatchObject([{ subscription_id: null }]);
    } finally {
      await client.end();
    }
  });
});

import { readdirSync, readFileSync } from "node:fs";
import type pg from "pg";

const migrationsDirectory = new URL("../../../migrations/postgres/", import.meta.url);

/** Any number that nobody else locks in this database. */
const migrationLock = "5843001927";

/**
 * Brings the database to the newest of the numbered SQL files, each in a transaction of its own, one process at a time.
 * A database that has run more of them is left as it is: files only add, so that the version before still runs.
 */
export async function migrate(client: pg.Client): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
  const applied = await appliedMigrations(client);
  for (const name of migrationNames()) if (!applied.has(name)) await apply(client, name);
  await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]);
}

/** A user who may not make anything can run on a database that somebody else has brought up. */
async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await client.query(
    "SELECT 1 WHERE to_regclass('quickcard.migrations') IS NOT NULL",
  );
  if (tables.length === 0) await client.query(createSchema);
  const { rows } = await client.query<{ name: string }>("SELECT name FROM quickcard.migrations");
  return new Set(rows.map(({ name }) => name));
}

const createSchema = `
  CREATE SCHEMA IF NOT EXISTS quickcard;
  CREATE TABLE quickcard.migrations (
    name text COLLATE "C" PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;

function migrationNames(): string[] {
  return readdirSync(migrationsDirectory)
    .filter((name) => name.endsWith(".sql"))
    .sort();
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const sql = readFileSync(new URL(name, migrationsDirectory), "utf8");
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL search_path = quickcard, pg_temp");
    await client.query(sql);
    await client.query("INSERT INTO quickcard.migrations (name) VALUES ($1)", [name]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

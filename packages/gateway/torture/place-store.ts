import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type TestPostgres } from "../../../testing/start-postgres.ts";
import type { StorePlace } from "./gateway-fleet.ts";

/** What a run has started, and ends in the reverse order. */
export type Cleanups = (() => unknown)[];

/** Makes a place for a store: a folder, or a PostgreSQL of its own. */
export async function placeStore(
  { store, postgresPrograms }: { store: StorePlace["kind"]; postgresPrograms: string | undefined },
  cleanups: Cleanups,
): Promise<{ store: StorePlace; postgres: TestPostgres | undefined }> {
  if (store === "postgres") {
    if (postgresPrograms === undefined) throw new Error("there are no PostgreSQL programs");
    const postgres = await startPostgres(postgresPrograms);
    cleanups.push(() => postgres.stop());
    return { store: { kind: "postgres", url: await postgres.createDatabase() }, postgres };
  }
  const directory = mkdtempSync(join(tmpdir(), "quickcard-torture-"));
  cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
  return { store: { kind: "sqlite", directory }, postgres: undefined };
}

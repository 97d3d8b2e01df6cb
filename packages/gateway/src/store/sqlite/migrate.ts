import { readdirSync, readFileSync } from "node:fs";
import { DataTooNewError } from "../../gateway-error.ts";
import type { Connection } from "./connection.ts";

const migrationsDirectory = new URL("../../../migrations/sqlite/", import.meta.url);

/**
 * Brings the database to the newest of the numbered SQL files, each in a transaction of its own.
 * `PRAGMA user_version` holds the number of the last one that ran.
 *
 * @throws DataTooNewError where the database has run a file that this version does not have.
 */
export function migrate(connection: Connection): void {
  const files = readdirSync(migrationsDirectory)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  if (currentVersion(connection) > files.length) {
    throw new DataTooNewError(
      `The database is at version ${currentVersion(connection)}; this gateway knows ${files.length}.`,
      "Run the newer version of quickcard that wrote it, or choose another data folder.",
    );
  }
  for (const [index, name] of files.entries()) {
    if (currentVersion(connection) <= index) apply(connection, index, name);
  }
}

function apply(connection: Connection, index: number, name: string): void {
  connection.exec("BEGIN EXCLUSIVE");
  try {
    // Another process may have run it between our look and our lock.
    if (currentVersion(connection) <= index) {
      connection.exec(readFileSync(new URL(name, migrationsDirectory), "utf8"));
      connection.exec(`PRAGMA user_version = ${index + 1}`);
    }
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}

function currentVersion(connection: Connection): number {
  return connection.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
}

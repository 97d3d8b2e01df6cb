import { chmodSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { DataInUseError, DataUnavailableError, GatewayError } from "../../gateway-error.ts";
import type { Store } from "../store.ts";
import { Connection } from "./connection.ts";
import { makeDirectory } from "./make-directory.ts";
import { migrate } from "./migrate.ts";
import { createSqliteStore } from "./sqlite-store.ts";

/** How long a statement waits for another process's transaction on the same file. */
const busyTimeoutMs = 5000;

/**
 * Opens the store in a data folder, and makes both where they are not there.
 *
 * @throws DataUnavailableError where the folder or file cannot be made, read or written.
 * @throws DataTooNewError where a newer gateway wrote it.
 */
export function openSqliteStore(dataDirectory: string): Store {
  return reportingData(dataDirectory, () => {
    makeDirectory(dataDirectory);
    const path = join(dataDirectory, "quickcard.db");
    const connection = new Connection(new Database(path, { timeout: busyTimeoutMs }));
    chmodSync(path, 0o600);
    for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]) {
      connection.get(`PRAGMA ${pragma}`);
    }
    migrate(connection);
    return createSqliteStore(connection);
  });
}

/**
 * Keeps other gateways off a data folder until the function it returns is called, or until this process ends
 * in whatever way: the operating system holds the lock, so none is left behind.
 *
 * @throws DataInUseError where another gateway holds it.
 * @throws DataUnavailableError where the folder cannot be made or written.
 */
export function lockDataDirectory(dataDirectory: string): () => void {
  return reportingData(dataDirectory, () => {
    makeDirectory(dataDirectory);
    const database = new Database(join(dataDirectory, "gateway.lock"));
    try {
      database.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      if (!isBusy(error)) throw error;
      throw new DataInUseError(
        `Another gateway is running on the data folder ${dataDirectory}.`,
        "Use the one that runs, stop it first, or choose another folder with --data.",
      );
    }
    return () => database.close();
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";
}

function reportingData<Result>(dataDirectory: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataUnavailableError(
      `The data folder ${dataDirectory} cannot be used: ${reason}`,
      "Give this user the right to read and write it, free some space, or choose another folder with --data.",
      { cause },
    );
  }
}

import { chmodSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { DataInUseError, DataUnavailableError, GatewayError } from "../../gateway-error.ts";
import type { Store } from "../store.ts";
import { Connection } from "./connection.ts";
import { endLeases } from "./lane-table.ts";
import { makeDirectory } from "./make-directory.ts";
import { migrate } from "./migrate.ts";
import { endNotificationLeases } from "./notification-lanes.ts";
import { createSqliteStore } from "./sqlite-store.ts";

/** Every commit is on disk when it returns; 64 MiB of pages are kept at hand. */
const pragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "cache_size = -65536",
  "wal_autocheckpoint = 4000",
];

/** How long a statement waits for another process's transaction on the same file. */
const busyTimeoutMs = 5000;

/** How a store is opened. */
export interface OpenSqliteOptions {
  /** The store's clock: milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /**
   * Whether nobody else delivers from this folder, as `lockDataDirectory` makes sure: what a process that died held
   * is then free at once. Default: false.
   */
  isOnlyWorker?: boolean;
}

/**
 * Opens the store in a data folder, and makes both where they are not there.
 *
 * @throws DataUnavailableError where the folder or file cannot be made, read or written.
 * @throws DataTooNewError where a newer gateway wrote it.
 */
export function openSqliteStore(dataDirectory: string, options: OpenSqliteOptions = {}): Store {
  return reportingData(dataDirectory, () => {
    makeDirectory(dataDirectory);
    const path = join(dataDirectory, "quickcard.db");
    const connection = new Connection(new Database(path, { timeout: busyTimeoutMs }));
    chmodSync(path, 0o600);
    for (const pragma of pragmas) connection.get(`PRAGMA ${pragma}`);
    migrate(connection);
    const { now = Date.now, isOnlyWorker = false } = options;
    if (isOnlyWorker) {
      endLeases(connection, now());
      endNotificationLeases(connection, now());
    }
    return createSqliteStore(connection, now);
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

const damagedFix =
  "Bring quickcard.db back from a backup, or move it away to begin anew; another folder is chosen with --data.";
const otherwiseFix =
  "Give this user the right to read and write it, free some space, or choose another folder with --data.";

function isDamaged(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));
}

function reportingData<Result>(dataDirectory: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const fix = isDamaged(cause) ? damagedFix : otherwiseFix;
    throw new DataUnavailableError(`The data folder ${dataDirectory} cannot be used: ${reason}`, fix, {
      cause,
    });
  }
}

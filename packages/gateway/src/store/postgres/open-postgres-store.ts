import { OptionError } from "../../gateway-error.ts";
import type { Store } from "../store.ts";
import type { DatabaseOptions } from "./database.ts";

/** How a store in PostgreSQL is opened. */
export interface PostgresStoreOptions extends Partial<DatabaseOptions> {
  /** How far the store's clock is ahead of the database's. Default: not at all. */
  clockOffsetMs?: () => number;
}

const defaults: DatabaseOptions = {
  maxConnections: 10,
  connectionTimeoutMs: 5000,
  statementTimeoutMs: 15_000,
  applicationName: "quickcard",
};

/** Whether this is the URL of a PostgreSQL database. */
function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

/**
 * Opens the store in a PostgreSQL database (14 or newer), and brings its tables up to this version where they are not. Any
 * number of processes may open it.
 *
 * @throws OptionError where the URL is not one of PostgreSQL.
 * @throws StoreUnavailableError where the database cannot be reached.
 * @throws DataUnavailableError where its user may not make the tables, or not use them.
 */
export async function openPostgresStore(url: string, options: PostgresStoreOptions = {}): Promise<Store> {
  if (!isPostgresUrl(url)) {
    throw new OptionError(
      "The database URL cannot be used.",
      "Give it as postgres://user:password@host:5432/database.",
    );
  }
  const { clockOffsetMs = () => 0, ...rest } = options;
  // Loaded late: whoever has a data folder does without the driver.
  const { connectPostgresStore } = await import("./connect-postgres-store.ts");
  return await connectPostgresStore(url, { ...defaults, ...rest }, clockOffsetMs);
}

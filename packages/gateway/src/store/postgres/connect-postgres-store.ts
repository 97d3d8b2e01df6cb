import pg from "pg";
import { DataUnavailableError } from "../../gateway-error.ts";
import type { Store } from "../store.ts";
import { ChangeFeed } from "./change-feed.ts";
import { connectionSettings, Database, type DatabaseOptions } from "./database.ts";
import { isForbidden, toStoreError } from "./database-errors.ts";
import { migrate } from "./migrate.ts";
import { createPostgresStore } from "./postgres-store.ts";

/**
 * Brings a database up to this version and makes a store of it.
 *
 * @throws StoreUnavailableError where the database cannot be reached.
 * @throws DataUnavailableError where its user may not make the tables, or not use them.
 */
export async function connectPostgresStore(
  url: string,
  options: DatabaseOptions,
  clockOffsetMs: () => number,
): Promise<Store> {
  await prepare(connectionSettings(url, options));
  const database = new Database(url, options);
  const feed = new ChangeFeed(connectionSettings(url, options));
  feed.start();
  return createPostgresStore({ database, feed, offset: clockOffsetMs });
}

async function prepare(settings: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(settings);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await migrate(client);
  } catch (error) {
    throw isForbidden(error) ? rightsMissing(error) : toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function rightsMissing(cause: unknown): DataUnavailableError {
  return new DataUnavailableError(
    "The user of the database's URL may not make the schema quickcard, or not use what is in it.",
    "Let an owner of the database run GRANT CREATE ON DATABASE name TO user, or let the user that made the schema start the gateway.",
    { cause },
  );
}

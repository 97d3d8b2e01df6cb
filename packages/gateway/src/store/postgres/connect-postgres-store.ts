import pg from "pg";
import type { Store } from "../store.ts";
import { ChangeFeed } from "./change-feed.ts";
import { connectionSettings, Database, type DatabaseOptions } from "./database.ts";
import { toStoreError } from "./database-errors.ts";
import { migrate } from "./migrate.ts";
import { createPostgresStore } from "./postgres-store.ts";

/**
 * Brings a database up to this version and makes a store of it.
 *
 * @throws StoreUnavailableError where the database cannot be reached.
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
    throw toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

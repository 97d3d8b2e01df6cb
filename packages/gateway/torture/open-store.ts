import { openSqliteStore } from "@quickcard/gateway";
import { openPostgresStore } from "#gateway/store/postgres/open-postgres-store.ts";
import type { Store } from "#gateway/store/store.ts";
import type { StorePlace } from "./gateway-fleet.ts";

/** Opens the store at a place, its tables made where they are not there. */
export async function openStore(place: StorePlace): Promise<Store> {
  return place.kind === "postgres" ? openPostgresStore(place.url) : openSqliteStore(place.directory);
}

import type { QuickcardCommand } from "../quickcard-command.ts";
import type { Surroundings } from "../surroundings.ts";
import { addDataOption, type DataOptions, dataDirectory } from "./data-directory.ts";

/** The variable that names a database, so that its password need not stand in a process list. */
const databaseVariable = "QUICKCARD_DATABASE";

/** The options that say where a gateway keeps everything. */
export interface PlaceOptions extends DataOptions {
  database?: string;
}

/** Where a gateway keeps everything: a folder of its own, or a database that several share. */
export type GatewayPlace = { dataDirectory: string } | { database: string };

/** Adds `--data` and `--database`. */
export function addPlaceOptions(command: QuickcardCommand): QuickcardCommand {
  return addDataOption(command).option(
    "--database <url>",
    `a PostgreSQL database that several gateways may share, in place of a folder; with a password in it, use ${databaseVariable} instead, since options are seen in process lists`,
  );
}

/** Where the options and the environment say; a database goes before a folder. */
export function gatewayPlace(options: PlaceOptions, surroundings: Surroundings): GatewayPlace {
  const database = options.database ?? surroundings.env[databaseVariable];
  return database ? { database } : { dataDirectory: dataDirectory(options, surroundings) };
}

/** The place as a person may read it: without the password of a database. */
export function placeName(place: GatewayPlace): string {
  if ("dataDirectory" in place) return place.dataDirectory;
  if (!URL.canParse(place.database)) return "the database";
  const { host, pathname } = new URL(place.database);
  return `postgres://${host}${pathname}`;
}

import { resolve } from "node:path";
import type { QuickcardCommand } from "../quickcard-command.ts";
import type { Surroundings } from "../surroundings.ts";

/** Where a gateway keeps its data unless told otherwise. */
const defaultDataDirectory = ".quickcard";

/** The option that names a gateway's data folder. */
export interface DataOptions {
  data: string;
}

/** Adds `--data`. */
export function addDataOption(command: QuickcardCommand): QuickcardCommand {
  return command.option("--data <dir>", "the gateway's data folder", defaultDataDirectory);
}

/** The data folder as an absolute path. */
export function dataDirectory({ data }: DataOptions, { cwd }: Surroundings): string {
  return resolve(cwd, data);
}

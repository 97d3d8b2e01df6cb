import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are not there, for this user alone.
 *
 * Node's own `recursive` never returns where a folder is there and says that it is not when one is made in it, as
 * those of `/proc` do (seen with Node 20.20).
 */
export function makeDirectory(path: string): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return;
    throw new Error(`${path} is a file`);
  }
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  mkdirSync(path, { mode: 0o700 });
}

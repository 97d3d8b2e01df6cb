import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../shared/", import.meta.url);

/** Where a file or folder of the test data kept beside the repository lies. */
export function sharedPath(name: string): string {
  return fileURLToPath(new URL(name, root));
}

/** Whether test data kept beside the repository is there; where it is not, says which test is skipped. */
export function hasSharedData(name: string): boolean {
  const present = existsSync(sharedPath(name));
  if (!present) console.warn(`skipped: the test data ../shared/${name} is not beside this checkout`);
  return present;
}

/** Reads a JSON file of the test data kept beside the repository. */
export function readSharedJson<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(name), "utf8")) as T;
}

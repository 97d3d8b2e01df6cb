import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./repository.js";

/**
 * Goes on as another program, in this process: so signals, the terminal and the exit code are its own, with nobody between.
 * @param {string} file Its path within the workspace.
 * @param {readonly string[]} args
 */
export async function runInPlace(file, args) {
  const path = join(root, file);
  process.chdir(root);
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}

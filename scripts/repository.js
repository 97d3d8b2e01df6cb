import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that holds the workspace. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends the process with a plain message where Node is older than the workspace's `engines` ask for. */
export function requireNodeVersion() {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const needed = engines.node.replace(">=", "");
  if (!isOlder(process.versions.node, needed)) return;
  console.error(`Quickcard needs Node ${needed} or newer, and this is Node ${process.versions.node}.`);
  console.error("Install a current one from https://nodejs.org, then run this again.");
  process.exit(1);
}

/**
 * @param {string} version
 * @param {string} needed
 */
function isOlder(version, needed) {
  const actual = version.split(".").map(Number);
  const wanted = needed.split(".").map(Number);
  const differing = wanted.findIndex((part, index) => part !== actual[index]);
  return differing >= 0 && (actual[differing] ?? 0) < (wanted[differing] ?? 0);
}

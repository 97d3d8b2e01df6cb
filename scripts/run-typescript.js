import { runInPlace } from "./run-in-place.js";
import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

/**
 * Goes on as a TypeScript program of the workspace, which finds the workspace's packages built.
 * @param {string} file Its path within the workspace.
 */
export async function runTypeScript(file) {
  const args = process.argv.slice(2);
  await runScript(setUp);
  const { register } = await import("tsx/esm/api");
  register();
  await runInPlace(file, args);
}

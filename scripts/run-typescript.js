import { root } from "./repository.js";
import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

/**
 * Goes on as a TypeScript program of the workspace, in this process. It finds the workspace's packages built.
 * @param {() => Promise<unknown>} load Imports the program.
 */
export async function runTypeScript(load) {
  await runScript(setUp);
  const { register } = await import("tsx/esm/api");
  register();
  process.chdir(root);
  await load();
}

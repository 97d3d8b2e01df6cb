import { runInPlace } from "./run-in-place.js";
import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

const args = process.argv.slice(2);
await runScript(setUp);
await runInPlace("node_modules/vitest/vitest.mjs", ["run", ...args]);

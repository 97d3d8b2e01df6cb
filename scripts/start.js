import { runInPlace } from "./run-in-place.js";
import { setUp } from "./set-up.js";
import { runScript } from "./step.js";

const args = process.argv.slice(2);
await runScript(setUp);
await runInPlace("packages/cli/dist/main.js", ["dev", ...args]);

import { root } from "./repository.js";
import { runInPlace } from "./run-in-place.js";
import { setUp } from "./set-up.js";
import { npmCommand, runScript, runStep } from "./step.js";

await runScript(async () => {
  await setUp();
  await runStep(
    "Installing other runtimes (600 MB)",
    npmCommand("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--workspaces=false"),
    {
      directory: `${root}packages/client/test/runtimes/engines`,
    },
  );
});
process.env.QUICKCARD_RUNTIMES = "all";
await runInPlace("node_modules/vitest/vitest.mjs", ["run", "packages/client/test/runtimes"]);

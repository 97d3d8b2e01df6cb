import { join } from "node:path";
import { root } from "./repository.js";
import { runInPlace } from "./run-in-place.js";
import { setUp } from "./set-up.js";
import { npmCommand, runScript, runStep } from "./step.js";

const folder = "packages/client/mutation";

await runScript(async () => {
  await setUp();
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--workspaces=false"];
  await runStep("Installing Stryker", npmCommand("ci", ...flags), { directory: join(root, folder) });
});
await runInPlace(`${folder}/node_modules/@stryker-mutator/core/bin/stryker.js`, [
  "run",
  `${folder}/stryker.config.json`,
  ...process.argv.slice(2),
]);

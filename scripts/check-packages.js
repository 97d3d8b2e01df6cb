import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "./pack.js";
import { root } from "./repository.js";
import { setUp } from "./set-up.js";
import { runScript, runStep } from "./step.js";

const publint = join(root, "node_modules/publint/src/cli.js");
const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");

await runScript(async () => {
  await setUp();
  const destination = mkdtempSync(join(tmpdir(), "quickcard-packages-"));
  try {
    for (const { name, tarball } of await pack(destination)) {
      await runStep(`${name}: publint`, [process.execPath, publint, "--strict", tarball]);
      await runStep(`${name}: types`, [process.execPath, attw, "--profile", "esm-only", tarball]);
    }
  } finally {
    rmSync(destination, { recursive: true });
  }
});

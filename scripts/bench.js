import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./repository.js";

/** What there is to measure, each by a script of its own: what is done soonest comes first. */
const subjects = ["content", "emulator", "designer", "client", "delivery"];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !subjects.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(", ")}. Name some of ${subjects.join(", ")}, or none for all.`,
  );
  process.exit(2);
}
for (const subject of chosen.length > 0 ? chosen : subjects) {
  console.log(`\n# ${subject}\n`);
  const script = join(root, "scripts", `bench-${subject}.js`);
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

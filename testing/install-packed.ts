import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pack } from "../scripts/pack.js";
import { npmCommand } from "../scripts/step.js";

/** Packs packages of the workspace and installs them, with packages of the registry, into a project of their own. */
export async function installPacked(
  project: string,
  folders: readonly string[],
  others: readonly string[] = [],
): Promise<void> {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
  const tarballs = (await pack(project, folders)).map(({ tarball }) => tarball);
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", `--prefix=${project}`];
  const [program = "", ...args] = npmCommand("install", ...flags, ...tarballs, ...others);
  await promisify(execFile)(program, args, { cwd: project });
}

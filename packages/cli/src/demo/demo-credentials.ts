import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, readEnvironment, variables } from "../environment.ts";

/** Where the demo keeps its variables: for itself, and for `--dotenv`. */
export function demoDotenv(dataDirectory: string): string {
  return join(dataDirectory, ".env");
}

/** What an earlier run of the demo left; empty where there was none. */
export function readDemoCredentials(dataDirectory: string): Promise<Environment> {
  return readEnvironment({ env: {}, cwd: dataDirectory }, undefined);
}

/** Keeps the demo's variables for the next run, readable by this user alone: the secret is among them. */
export async function writeDemoCredentials(
  dataDirectory: string,
  environment: Required<Environment>,
): Promise<void> {
  const names = Object.keys(variables) as (keyof Environment)[];
  const lines = names.map((name) => `${variables[name]}=${environment[name]}\n`);
  const file = demoDotenv(dataDirectory);
  await writeFile(`${file}.new`, `# Written by quickcard dev.\n${lines.join("")}`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

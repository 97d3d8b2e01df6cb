import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { readBoundedText } from "./bounded-text.ts";
import { errorCode } from "./errors/error-code.ts";
import type { Surroundings } from "./surroundings.ts";

/** The variables that the command reads, from the environment or a `.env` file. */
export const variables = {
  clientId: "GENESYS_CLIENT_ID",
  clientSecret: "GENESYS_CLIENT_SECRET",
  baseUrl: "GENESYS_BASE_URL",
  contactId: "TARGET_CONTACT_ID",
} as const;

/** What the variables hold; an empty one counts as absent. */
export type Environment = { -readonly [Name in keyof typeof variables]?: string };

const maxFileBytes = 65_536;

// A Python environment is often a folder named `.env`, so a folder counts as absent.
const absent = new Set(["ENOENT", "EISDIR", "ENOTDIR"]);

/**
 * Reads the variables. A file named by `--dotenv` wins over the environment, because it was asked for; a `.env`
 * that only happens to lie in the current folder loses to it.
 * @throws if the file named cannot be read.
 */
export async function readEnvironment(
  { env, cwd }: Pick<Surroundings, "env" | "cwd">,
  dotenv: string | undefined,
): Promise<Environment> {
  if (dotenv !== undefined) return { ...pick(env), ...pick(await readVariables(resolve(cwd, dotenv))) };
  return { ...pick(await readVariablesIfThere(resolve(cwd, ".env"))), ...pick(env) };
}

function pick(source: NodeJS.Dict<string>): Environment {
  const found: Environment = {};
  for (const [name, variable] of Object.entries(variables) as [keyof Environment, string][]) {
    const value = source[variable]?.trim();
    if (value) found[name] = value;
  }
  return found;
}

async function readVariables(path: string): Promise<NodeJS.Dict<string>> {
  return parseEnv(await readBoundedText(createReadStream(path), path, maxFileBytes));
}

async function readVariablesIfThere(path: string): Promise<NodeJS.Dict<string>> {
  try {
    return await readVariables(path);
  } catch (error) {
    if (absent.has(errorCode(error) ?? "")) return {};
    throw error;
  }
}

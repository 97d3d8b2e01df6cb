import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { readBoundedText } from "../bounded-text.ts";
import { Failure } from "../errors/failure.ts";
import type { Surroundings } from "../surroundings.ts";
import { largestMessage } from "./largest-message.ts";

/**
 * Reads a message from a file, or from standard input where the file is `-`. `$schema`, which an editor completes
 * by, is left out.
 * @throws Failure if it is too large, or not JSON.
 */
export async function readMessageFile(file: string, { stdin, cwd }: Surroundings): Promise<unknown> {
  const name = file === "-" ? "Standard input" : file;
  const source = file === "-" ? stdin : createReadStream(resolve(cwd, file));
  const parsed = await readableMessage(await readBoundedText(source, name, largestMessage));
  if (parsed.ok) return withoutSchema(parsed.value);
  const { line, column, fix } = parsed.fault;
  throw new Failure({
    code: "not_json",
    message: `${name} is not valid JSON (line ${line}, column ${column}).`,
    fix,
  });
}

/** Leaves out `$schema`, which an editor completes by: it is no part of a message. */
export function withoutSchema(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "$schema"));
}

/** The whole message, where it or its content alone was given. */
export function asMessage(given: unknown): unknown {
  return isMessage(given) ? given : { type: "message", content: given };
}

/** Whether it is meant for a whole message, and not for its content alone. */
export function isMessage(given: unknown): given is object {
  if (typeof given !== "object" || given === null) return false;
  return "content" in given || ("type" in given && given.type === "message");
}

/** What is wrong with a text that is not JSON, and where. */
export interface NotJson {
  line: number;
  column: number;
  rule: "not_json";
  message: string;
  fix: string;
}

/** Reads JSON. */
export async function readableMessage(
  json: string,
): Promise<{ ok: true; value: unknown } | { ok: false; fault: NotJson }> {
  const { findJsonFault } = await import("@quickcard/content/json-fault");
  const fault = findJsonFault(json);
  if (!fault) return { ok: true, value: JSON.parse(json) };
  const { line, column, expected } = fault;
  return {
    ok: false,
    fault: {
      line,
      column,
      rule: "not_json",
      message: "This is not JSON",
      fix: `Put ${expected} here.`,
    },
  };
}

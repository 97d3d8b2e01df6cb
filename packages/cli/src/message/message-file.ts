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
  const parsed = readableMessage(await readBoundedText(source, name, largestMessage));
  if (parsed.ok) return withoutSchema(parsed.value);
  const { line, column, fix } = parsed.fault;
  throw new Failure({
    code: "not_json",
    message: `${name} is not valid JSON${line ? ` (line ${line}, column ${column})` : ""}.`,
    fix,
  });
}

/** Leaves out `$schema`, which an editor completes by: it is no part of a message. */
export function withoutSchema(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "$schema"));
}

/** What is wrong with a text that is not JSON, and where: line 0 where the parser does not tell. */
export interface JsonFault {
  line: number;
  column: number;
  rule: "not_json";
  message: string;
  fix: string;
}

/** Reads JSON. The parser's own words may quote the message, so only the place is taken from them. */
export function readableMessage(
  json: string,
): { ok: true; value: unknown } | { ok: false; fault: JsonFault } {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const fix = "Check its quotes, commas and brackets; an editor marks the place.";
    return {
      ok: false,
      fault: { ...place(json, position), rule: "not_json", message: "This is not JSON", fix },
    };
  }
}

function place(json: string, position: string | undefined): { line: number; column: number } {
  if (position === undefined) return { line: 0, column: 0 };
  const lines = json.slice(0, Number(position)).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

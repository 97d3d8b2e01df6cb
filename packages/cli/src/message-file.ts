import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { readBoundedText } from "./bounded-text.ts";
import { Failure } from "./failure.ts";
import type { Surroundings } from "./surroundings.ts";

// The API takes no larger body.
const maxMessageBytes = 512_000;

/**
 * Reads a message from a file, or from standard input where the file is `-`. `$schema`, which an editor completes
 * by, is left out.
 * @throws Failure if it is too large, or not JSON.
 */
export async function readMessageFile(file: string, { stdin, cwd }: Surroundings): Promise<unknown> {
  const name = file === "-" ? "Standard input" : file;
  const source = file === "-" ? stdin : createReadStream(resolve(cwd, file));
  const value = parseJson(await readBoundedText(source, name, maxMessageBytes), name);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "$schema"));
}

function parseJson(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // The parser's own words may quote the message, so only the place is taken from them.
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    throw new Failure({
      code: "not_json",
      message: `${name} is not valid JSON${position === undefined ? "" : ` (${place(json, Number(position))})`}.`,
      fix: "Check its quotes, commas and brackets; an editor marks the place.",
    });
  }
}

function place(json: string, position: number): string {
  const lines = json.slice(0, position).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

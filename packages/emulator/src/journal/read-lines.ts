import { closeSync, openSync, readSync } from "node:fs";
import { EmulatorDataError } from "../emulator-error.ts";
import type { JournalLine } from "./journal.ts";

/** What a journal's file held. */
export interface LinesRead {
  count: number;
  /** How far the whole lines go. What a crash cut short comes after it. */
  bytes: number;
}

const bytesAtOnce = 1_000_000;
const newline = 0x0a;

/** Hands out the lines of a journal, however long it is. @throws EmulatorDataError where one is broken. */
export function readLines(file: string, take: (line: JournalLine) => void): LinesRead {
  const descriptor = openSync(file, "r");
  try {
    let count = 0;
    let bytes = 0;
    /** The pieces of a line whose end has not come yet. */
    let pieces: Buffer[] = [];
    for (let chunk = readChunk(descriptor); chunk.length > 0; chunk = readChunk(descriptor)) {
      let start = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        const line = Buffer.concat([...pieces, chunk.subarray(start, end)]);
        pieces = [];
        start = end + 1;
        count += 1;
        bytes += line.length + 1;
        take(parse(line.toString("utf8"), file, count));
      }
      pieces.push(chunk.subarray(start));
    }
    return { count, bytes };
  } finally {
    closeSync(descriptor);
  }
}

function readChunk(descriptor: number): Buffer {
  const chunk = Buffer.alloc(bytesAtOnce);
  return chunk.subarray(0, readSync(descriptor, chunk));
}

function parse(line: string, file: string, number: number): JournalLine {
  try {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value) && value.length === 3) return value as JournalLine;
  } catch {
    // Told below, as for a line of another shape.
  }
  throw new EmulatorDataError(
    `${file}, line ${number}, is not what an emulator writes.`,
    "Name another file, or remove this one",
  );
}

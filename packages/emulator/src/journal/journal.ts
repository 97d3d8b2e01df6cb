import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { EmulatorDataError, EmulatorError } from "../emulator-error.ts";
import { lockFile } from "./lock-file.ts";

/** One change: a table's name, a key, and the value that it has from now on (`null`: none). */
export type JournalLine = [table: string, key: string, value: unknown];

/** Keeps what the emulator knows: in a file of one JSON line a change, or nowhere. */
export interface Journal {
  /** What was kept before, in order. */
  readonly lines: readonly JournalLine[];
  append(line: JournalLine): void;
  /** Hands everything appended to the operating system: a process that dies loses nothing after this. */
  flush(): void;
  /** Replaces the file by one with these lines only. */
  compact(lines: Iterable<JournalLine>): void;
  close(): void;
}

/** A journal that keeps nothing. */
export function createMemoryJournal(): Journal {
  return { lines: [], append() {}, flush() {}, compact() {}, close() {} };
}

/** Secrets of webhooks stand in the file. */
const ownerOnly = 0o600;

/**
 * Opens a journal, or makes it where it is not there. A line that a crash cut short is dropped.
 *
 * @throws EmulatorDataInUseError while another emulator has it open.
 * @throws EmulatorDataError where a line other than the last is broken, or the file cannot be used.
 */
export function openJournal(file: string): Journal {
  const unlock = lock(file);
  try {
    const { lines, goodBytes } = read(file);
    let descriptor = openSync(file, "a", ownerOnly);
    ftruncateSync(descriptor, goodBytes);
    let waiting: string[] = [];
    const flush = () => {
      if (waiting.length === 0) return;
      writeAll(descriptor, waiting.join(""));
      waiting = [];
    };
    return {
      lines,
      append: (line) => void waiting.push(`${JSON.stringify(line)}\n`),
      flush,
      compact(kept) {
        waiting = [];
        const next = `${file}.next`;
        const fresh = openSync(next, "w", ownerOnly);
        for (const line of kept) writeAll(fresh, `${JSON.stringify(line)}\n`);
        renameSync(next, file);
        closeSync(descriptor);
        descriptor = fresh;
      },
      close() {
        flush();
        closeSync(descriptor);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw toDataError(error, file);
  }
}

function lock(file: string): () => void {
  try {
    return lockFile(`${file}.lock`);
  } catch (error) {
    throw toDataError(error, file);
  }
}

/** Names the file where the system refused it. */
function toDataError(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof EmulatorError || code === undefined) return error;
  return new EmulatorDataError(
    `${file} cannot be used: ${code}.`,
    "Name a file in a folder that can be written",
    {
      cause: error,
    },
  );
}

function read(file: string): { lines: JournalLine[]; goodBytes: number } {
  if (!existsSync(file)) return { lines: [], goodBytes: 0 };
  const text = readFileSync(file, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const lines = whole.split("\n").slice(0, -1);
  return {
    lines: lines.map((line, index) => parse(line, file, index + 1)),
    goodBytes: Buffer.byteLength(whole),
  };
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

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

import { closeSync, ftruncateSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { EmulatorDataError, EmulatorError } from "../emulator-error.ts";
import type { Journal, JournalLine } from "./journal.ts";
import { lockFile } from "./lock-file.ts";
import { readLines } from "./read-lines.ts";

/**
 * Opens the journal of a file, which is made where it is not there.
 *
 * @throws EmulatorDataInUseError while another emulator has it open.
 * @throws EmulatorDataError where the file cannot be used.
 */
export function openJournal(file: string): Journal {
  const unlock = namingFile(file, () => lockFile(`${file}.lock`));
  try {
    return namingFile(file, () => startJournal(file, unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

function startJournal(file: string, unlock: () => void): Journal {
  let descriptor = openToAppend(file);
  let size = 0;
  let waiting: string[] = [];

  function flush(): void {
    if (waiting.length === 0) return;
    const bytes = Buffer.from(waiting.join(""));
    try {
      writeAll(descriptor, bytes);
    } catch (error) {
      // Half a line in the middle would make the whole file unreadable.
      ftruncateSync(descriptor, size);
      throw error;
    }
    size += bytes.length;
    waiting = [];
  }
  const flushOrNameFile = () => namingFile(file, flush);

  return {
    replay(restore) {
      const { count, bytes } = namingFile(file, () => readLines(file, restore));
      ftruncateSync(descriptor, bytes);
      size = bytes;
      return count;
    },
    append: (line) => void waiting.push(toText(line)),
    flush: flushOrNameFile,
    compact(lines) {
      const next = namingFile(file, () => writeAnew(file, lines));
      closeSync(descriptor);
      ({ descriptor, size } = next);
      waiting = [];
    },
    close() {
      try {
        flushOrNameFile();
      } finally {
        closeSync(descriptor);
        unlock();
      }
    },
  };
}

/** Puts a file with these lines in a file's place; where that fails, the file stays. */
function writeAnew(file: string, lines: Iterable<JournalLine>): { descriptor: number; size: number } {
  const next = `${file}.next`;
  rmSync(next, { force: true });
  const descriptor = openToAppend(next);
  try {
    let size = 0;
    for (const bytes of inPieces(lines)) {
      writeAll(descriptor, bytes);
      size += bytes.length;
    }
    renameSync(next, file);
    return { descriptor, size };
  } catch (error) {
    closeSync(descriptor);
    rmSync(next, { force: true });
    throw error;
  }
}

function* inPieces(lines: Iterable<JournalLine>): Generator<Buffer> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(toText(line));
    if (piece.length < linesAtOnce) continue;
    yield Buffer.from(piece.join(""));
    piece = [];
  }
  yield Buffer.from(piece.join(""));
}

/** How many lines are written together when a file is written anew. */
const linesAtOnce = 1000;

/** Secrets of webhooks stand in the file. */
const ownerOnly = 0o600;

function openToAppend(file: string): number {
  return openSync(file, "a", ownerOnly);
}

function toText(line: JournalLine): string {
  return `${JSON.stringify(line)}\n`;
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}

/** Does what touches the file; what the system refuses is told with the file's name. */
function namingFile<Result>(file: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof EmulatorError || code === undefined) throw error;
    throw new EmulatorDataError(
      `${file} cannot be used: ${code}.`,
      "Name a file in a folder that can be written, on a disk with room",
      { cause: error },
    );
  }
}

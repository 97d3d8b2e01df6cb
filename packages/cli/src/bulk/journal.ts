import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { BulkResult } from "@quickcard/client";
import { errorCode } from "../errors/error-code.ts";
import { Failure } from "../errors/failure.ts";

/** What a journal belongs to. */
export interface JournalSubject {
  /** What the file of messages is known by. */
  readonly fingerprint: string;
  readonly baseUrl: string;
}

interface Header extends JournalSubject {
  readonly journal: "quickcard send many";
  /** What the idempotency keys are made from: the same in every run with this journal. */
  readonly batch: string;
}

/** What is known of a row. */
export interface JournalEntry {
  /** When it may first have been sent. Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Absent where the run was cut before it was known. */
  readonly status?: BulkResult["status"];
}

interface JournalLine {
  readonly key: string;
  readonly started?: string;
  readonly status?: BulkResult["status"];
  readonly messageId?: string;
  readonly code?: string;
}

/**
 * A file that tells which rows were sent, so that a run that was cut can be taken up. Each line is given to the operating
 * system before the program goes on, so that killing the program loses none.
 */
export class Journal {
  readonly batch: string;
  readonly #file: number;
  readonly #entries: Map<string, JournalEntry>;

  private constructor(file: number, batch: string, entries: Map<string, JournalEntry>) {
    this.#file = file;
    this.batch = batch;
    this.#entries = entries;
  }

  /**
   * Opens the journal at a path, or begins one.
   * @throws Failure where it belongs to other messages or another server.
   */
  static open(path: string, subject: JournalSubject): Journal {
    const file = openSync(path, "a+", 0o600);
    try {
      const text = readFileSync(path, "utf8");
      const [first, ...lines] = text.split("\n").slice(0, -1);
      const batch = first === undefined ? begin(file, text, path, subject) : readHeader(first, path, subject);
      const entries = readEntries(lines, path);
      // A kill in the middle of a line leaves a piece of one, which the next line must not be added to.
      if (first !== undefined && !text.endsWith("\n"))
        ftruncateSync(file, Buffer.byteLength(text.slice(0, text.lastIndexOf("\n") + 1)));
      return new Journal(file, batch, entries);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  entry(key: string): JournalEntry | undefined {
    return this.#entries.get(key);
  }

  /** Says that a row may be sent from now on. */
  start(key: string, nowMs: number): void {
    if (this.#entries.has(key)) return;
    this.#write({ key, started: new Date(nowMs).toISOString() });
  }

  finish(key: string, result: BulkResult): void {
    const code = "error" in result ? errorCode(result.error) : undefined;
    const messageId = result.status === "sent" ? result.message?.id : undefined;
    this.#write({ key, status: result.status, ...(messageId && { messageId }), ...(code && { code }) });
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(line: JournalLine): void {
    apply(this.#entries, line);
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

const signature = '{"journal":"quickcard send many"';

function begin(file: number, piece: string, path: string, subject: JournalSubject): string {
  if (!signature.startsWith(piece.slice(0, signature.length))) throw notAJournal(path);
  ftruncateSync(file, 0);
  const batch = randomUUID();
  const header: Header = { journal: "quickcard send many", batch, ...subject };
  writeSync(file, `${JSON.stringify(header)}\n`);
  // Without the batch nothing could be taken up safely, so it must survive even a loss of power.
  fsyncSync(file);
  return batch;
}

function readHeader(line: string, path: string, { fingerprint, baseUrl }: JournalSubject): string {
  if (!line.startsWith(signature)) throw notAJournal(path);
  const header = parseLine<Header>(line, 1, path);
  if (header.fingerprint === fingerprint && header.baseUrl === baseUrl) return header.batch;
  const other =
    header.fingerprint === fingerprint
      ? `the same messages to ${header.baseUrl}`
      : "other messages, or of these before they were changed";
  throw new Failure({
    code: "journal_of_another_run",
    message: `${path} is the journal of ${other}.`,
    fix: "For a new run name another journal: --journal FILE. It sends every row, so take out first what was sent before",
  });
}

function notAJournal(path: string): Failure {
  return new Failure({
    code: "not_a_journal",
    message: `${path} is not a journal, and is left as it is.`,
    fix: "Name another file, or one that is not there yet: --journal FILE",
  });
}

function readEntries(lines: readonly string[], path: string): Map<string, JournalEntry> {
  const entries = new Map<string, JournalEntry>();
  lines.forEach((line, index) => {
    apply(entries, parseLine<JournalLine>(line, index + 2, path));
  });
  return entries;
}

/** A line as this program wrote it. Without one of them, a message could be sent twice. */
function parseLine<Line>(line: string, number: number, path: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch (cause) {
    throw new Failure({
      code: "journal_damaged",
      message: `${path} cannot be read at line ${number}, and is left as it is.`,
      fix: "Put back the journal as it was. For a new run name another: --journal FILE; it sends every row, so take out first what was sent before",
      cause,
    });
  }
}

function apply(entries: Map<string, JournalEntry>, { key, started, status }: JournalLine): void {
  // What certainly was not sent starts afresh.
  if (status === "failed") entries.delete(key);
  else if (started !== undefined) entries.set(key, { startedAtMs: Date.parse(started) });
  else if (status !== undefined) entries.set(key, { startedAtMs: 0, ...entries.get(key), status });
}

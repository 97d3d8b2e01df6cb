import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { type OutputStream, runCommandLine } from "quickcard";
import { afterAll } from "vitest";

/** How a command line ended, and what it wrote. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A command line that runs. */
export interface Running {
  ended: Promise<Ended>;
  /** Waits until standard output matches, and answers the match. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** The same of standard error. */
  warned(pattern: RegExp): Promise<RegExpExecArray>;
  /** Asks it to stop, as Ctrl-C does. */
  stop(): Promise<Ended>;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string | Uint8Array;
  isTTY?: boolean;
  columns?: number;
}

const root = mkdtempSync(join(tmpdir(), "quickcard-cli-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An empty folder of its own, until the tests of the file are over. */
export function emptyFolder(): string {
  return mkdtempSync(join(root, "folder-"));
}

/** Runs a command line in this process, in an empty folder and environment unless told otherwise. */
export async function quickcard(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return startQuickcard(words, options).ended;
}

/** Starts a command line in this process. */
export function startQuickcard(words: readonly string[], options: RunOptions = {}): Running {
  const { env = {}, cwd = emptyFolder(), stdin = "" } = options;
  const stdout = collect(options);
  const stderr = collect(options);
  const stop = new AbortController();
  const ended = runCommandLine(words, {
    stdin: (async function* () {
      yield stdin;
    })(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    cwd,
    signal: stop.signal,
  }).then((code) => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  async function waitFor(written: ReturnType<typeof collect>, pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(written.text());
      if (match) return match;
      const isOver = await Promise.race([ended.then(() => true), written.changed().then(() => false)]);
      if (isOver && !pattern.test(written.text())) {
        throw new Error(`it ended without ${pattern}: ${JSON.stringify(await ended)}`);
      }
    }
  }
  return {
    ended,
    printed: (pattern) => waitFor(stdout, pattern),
    warned: (pattern) => waitFor(stderr, pattern),
    stop() {
      stop.abort();
      return ended;
    },
  };
}

function collect({ isTTY = false, columns }: RunOptions) {
  let text = "";
  const waiting: (() => void)[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      for (const resolve of waiting.splice(0)) resolve();
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY, ...(columns !== undefined && { columns }) }) as OutputStream,
    text: () => text,
    changed: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
      }),
  };
}

/** The one line of JSON that a command wrote. */
export function json(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

import type { OutputStream, Surroundings } from "../surroundings.ts";
import { createStyle, hasColour, type Style } from "./style.ts";
import { jsonLine, type TerminalText } from "./terminal-text.ts";

/** Where a command writes. With `--json`, standard output carries JSON lines alone. */
export interface Output {
  readonly isJson: boolean;
  /** The style of what `say` writes. */
  readonly style: Style;
  /** The style of what `warn` writes. */
  readonly warningStyle: Style;
  /** Tells a person something: on standard output, or on standard error with `--json`. */
  say(line: TerminalText): void;
  /** Tells a person what went wrong or needs care, always on standard error. */
  warn(line: TerminalText): void;
  /** Gives a program its result, as one line; nothing without `--json`. */
  result(value: unknown): void;
  /** Writes text made by this program itself, such as a script to source, as it is. */
  raw(trusted: string): void;
  /** Reports an error to a program, as one line on standard error. */
  errorResult(value: unknown): void;
  /** Waits until the reader of standard output has caught up. */
  drained(): Promise<void>;
}

/** Opens the output of one run. */
export function createOutput(
  { stdout, stderr, env }: Pick<Surroundings, "stdout" | "stderr" | "env">,
  isJson: boolean,
): Output {
  const forPeople = isJson ? stderr : stdout;
  return {
    isJson,
    style: createStyle(hasColour(forPeople, env)),
    warningStyle: createStyle(hasColour(stderr, env)),
    say: (line) => void forPeople.write(`${line.value}\n`),
    warn: (line) => void stderr.write(`${line.value}\n`),
    result: (value) => {
      if (isJson) stdout.write(`${jsonLine(value)}\n`);
    },
    raw: (trusted) => void stdout.write(trusted),
    errorResult: (value) => void stderr.write(`${jsonLine(value)}\n`),
    drained: () => drained(stdout),
  };
}

function drained(stream: OutputStream): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off("drain", settle);
      stream.off("close", settle);
      resolve();
    };
    stream.on("drain", settle);
    stream.on("close", settle);
  });
}

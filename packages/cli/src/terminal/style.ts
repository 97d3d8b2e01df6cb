import { escapeForTerminal, TerminalText } from "./terminal-text.ts";

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Dresses text for a terminal, or leaves it plain. */
export type Style = Record<keyof typeof codes, (untrusted: string) => TerminalText>;

/** Whether to write colour to a stream: `NO_COLOR` and `FORCE_COLOR` decide, else whether it is a terminal. */
export function hasColour(
  stream: { isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}

/** A style that colours, or one that leaves text plain; both escape what they are given. */
export function createStyle(coloured: boolean): Style {
  const dress =
    ([open, close]: readonly [number, number]) =>
    (untrusted: string) => {
      const shown = escapeForTerminal(untrusted);
      return new TerminalText(coloured ? `\u001b[${open}m${shown}\u001b[${close}m` : shown);
    };
  return {
    bold: dress(codes.bold),
    dim: dress(codes.dim),
    red: dress(codes.red),
    green: dress(codes.green),
    yellow: dress(codes.yellow),
    cyan: dress(codes.cyan),
  };
}

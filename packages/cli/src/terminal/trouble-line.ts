import type { Refusal } from "@quickcard/emulator";
import type { Style } from "./style.ts";
import { joined, type TerminalText, text } from "./terminal-text.ts";

/** What went wrong in an exchange with the emulator, and below it what to do. */
export function troubleLine(
  { kind, status, method, target, message }: Refusal,
  advice: string | undefined,
  style: Style,
): TerminalText {
  const what = [kind === "request" ? "" : kind, status ?? "", method, target].filter(Boolean).join(" ");
  const line = text`${style.yellow(what)}${message === "" ? "" : `: ${message}`}`;
  return advice === undefined ? line : joined([line, text`  ${advice}`], "\n");
}

import type { Output } from "../terminal/output.ts";
import { escapeForTerminal, TerminalText, text } from "../terminal/terminal-text.ts";
import { exitCodes, type Outcome } from "./exit-codes.ts";
import { type Explanation, explainError } from "./explain-error.ts";

/** How an error is reported. */
export interface ReportOptions {
  readonly output: Output;
  /** What the user stops the command by. */
  readonly signal: AbortSignal;
  readonly showStack: boolean;
}

/** Tells of an error on standard error, in words or as JSON, and answers how the run ended. */
export function reportError(error: unknown, { output, signal, showStack }: ReportOptions): Outcome {
  const explanation = explainError(error, signal);
  if (output.isJson) reportAsJson(explanation, output);
  else reportInWords(explanation, output);
  if (showStack && error instanceof Error) output.warn(shownStack(error));
  return explanation.outcome;
}

function reportAsJson({ outcome, details, ...explanation }: Explanation, output: Output): void {
  output.errorResult({
    error: {
      ...explanation,
      ...details,
      retryable: outcome === "tryLater",
      exitCode: exitCodes[outcome].code,
    },
  });
}

function reportInWords({ message, code, cause, fix, details }: Explanation, output: Output): void {
  const style = output.warningStyle;
  output.warn(text`${style.red("Error:")} ${message}`);
  for (const violation of violations(details).filter((one) => !message.includes(one.message)))
    output.warn(text`       ${violation.place ? `${violation.place}: ` : ""}${violation.message}`);
  if (cause) output.warn(text`${style.bold("Cause:")} ${cause}`);
  output.warn(text`${style.bold("Fix:")}   ${fix}`);
  const { correlationId } = details;
  output.warn(style.dim(`Code:  ${code}${correlationId ? `, correlation id ${String(correlationId)}` : ""}`));
}

interface Violation {
  readonly place: string;
  readonly message: string;
}

const mostViolations = 20;

/** What is wrong with a refused message, as the check or the server lists it. */
function violations(details: Readonly<Record<string, unknown>>): Violation[] {
  const list = details.issues ?? details.details;
  if (!Array.isArray(list)) return [];
  return list.slice(0, mostViolations).map(({ pointer, fieldName, message }: Record<string, unknown>) => ({
    place: String(pointer ?? fieldName ?? ""),
    message: String(message),
  }));
}

function shownStack(error: Error): TerminalText {
  return new TerminalText((error.stack ?? "").split("\n").map(escapeForTerminal).join("\n"));
}

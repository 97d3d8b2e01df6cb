import { CommanderError } from "commander";
import { exitCodes } from "./errors/exit-codes.ts";
import { reportError } from "./errors/report-error.ts";
import { createProgram } from "./program.ts";
import type { Surroundings } from "./surroundings.ts";
import { createOutput } from "./terminal/output.ts";

/** Runs one command line and answers the exit code; every error is reported, none is thrown. */
export async function runCommandLine(
  commandLine: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  try {
    const words = commandLine.length === 0 ? ["--help"] : [...commandLine];
    await createProgram(surroundings).parseAsync(words, { from: "user" });
    return exitCodes.done.code;
  } catch (error) {
    // Help and version end the parse by an exception with exit code 0.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done.code;
    return reportFailure(error, commandLine, surroundings);
  }
}

/** Reports what a command line failed with, and answers the exit code. */
export function reportFailure(
  error: unknown,
  commandLine: readonly string[],
  surroundings: Surroundings,
): number {
  // The command line may not have been understood, so its flags are looked up by hand.
  const outcome = reportError(error, {
    output: createOutput(surroundings, hasFlag(commandLine, "--json")),
    signal: surroundings.signal,
    showStack: hasFlag(commandLine, "--debug"),
  });
  return exitCodes[outcome].code;
}

function hasFlag(commandLine: readonly string[], flag: string): boolean {
  const end = commandLine.indexOf("--");
  return commandLine.slice(0, end < 0 ? undefined : end).includes(flag);
}

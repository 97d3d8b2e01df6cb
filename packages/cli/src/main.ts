import { exitCodes } from "./errors/exit-codes.ts";
import { reportFailure, runCommandLine } from "./run-command-line.ts";
import type { Surroundings } from "./surroundings.ts";

const commandLine = process.argv.slice(2);
const stop = new AbortController();
const surroundings: Surroundings = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
};

/** The first signal asks the command to stop, the second ends it at once. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(exitCodes.interrupted.code);
  stop.abort();
}

/** A reader that has seen enough, such as `head`, is no error: there is nobody left to write for. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  stop.abort();
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);
process.stdout.on("error", onOutputError);
process.stderr.on("error", onOutputError);
process.on("uncaughtException", (error) => process.exit(reportFailure(error, commandLine, surroundings)));

process.exitCode = await runCommandLine(commandLine, surroundings);

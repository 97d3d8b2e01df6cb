import { exitCodes } from "./exit-codes.ts";
import { runCommandLine } from "./run-command-line.ts";

const stop = new AbortController();

function onSignal(): void {
  if (stop.signal.aborted) process.exit(exitCodes.interrupted.code);
  stop.abort();
}

// A reader that has seen enough, such as `head`, is no error: there is nobody left to write for.
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  stop.abort();
}

process.on("SIGINT", onSignal);
process.on("SIGTERM", onSignal);
process.stdout.on("error", onOutputError);
process.stderr.on("error", onOutputError);

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
});

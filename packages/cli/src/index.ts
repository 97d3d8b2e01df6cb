export { exitCodes, type Outcome } from "./errors/exit-codes.ts";
export { createProgram } from "./program.ts";
export { commandPath, QuickcardCommand } from "./quickcard-command.ts";
export { runCommandLine } from "./run-command-line.ts";
export type { OutputStream, Surroundings } from "./surroundings.ts";

import type { Writable } from "node:stream";

/** A stream that may be a terminal. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** All that the command takes from the process that runs it. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The current folder: where `.env` and `.quickcard` lie. */
  readonly cwd: string;
  /** Aborts when the user asks the command to stop. */
  readonly signal: AbortSignal;
}

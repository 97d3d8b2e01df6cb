import type { Call } from "../layers/layer.ts";
import type { ResponseHeaders } from "../transport/transport.ts";

/** Says when calls may go, and hears what became of each that went. */
export interface Turns {
  /** Whether a call can go at once; it then counts as begun. */
  passes(): boolean;
  /** Waits until it is a call's turn, which then counts as begun. */
  wait(call: Call): Promise<void>;
  /** A call was answered. */
  answered(headers: ResponseHeaders): void;
  /** A call failed. */
  failed(error: unknown): void;
}

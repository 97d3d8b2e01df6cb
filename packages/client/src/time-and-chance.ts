import { onAbort } from "./on-abort.ts";
import { startTimer } from "./timer.ts";

/** Where the client takes time and chance from, so that a test can turn the clock and load the dice. */
export interface TimeAndChance {
  /** Milliseconds that only go forward, whatever happens to the wall clock. */
  monotonicMs(): number;
  /** Milliseconds since 1970, to compare with dates that a server names. */
  epochMs(): number;
  /** Waits; rejects with the signal's reason as soon as that is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

/** The computer's own clock and dice. */
export const systemTimeAndChance: TimeAndChance = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stopTimer = startTimer(ms, () => {
        stopListening();
        resolve();
      });
      const stopListening = onAbort(signal, () => {
        stopTimer();
        reject(signal?.reason);
      });
    }),
  random: () => Math.random(),
};

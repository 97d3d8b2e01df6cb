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
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        stop();
        reject(signal?.reason);
      };
      const stop = startTimer(ms, () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      });
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
  random: () => Math.random(),
};

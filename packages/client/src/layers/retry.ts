import { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { backoffMs } from "../retry/backoff.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { Call, Layer } from "./layer.ts";

interface RetryOptions {
  readonly maxAttempts: number;
  readonly time: TimeAndChance;
}

/**
 * Makes a call again after a failure that can pass, until `maxAttempts`. It waits as long as the server asked or, by
 * chance, longer; and not at all where the caller's time would be over before the next attempt.
 */
export function retry(options: RetryOptions): Layer {
  return (next) => async (call) => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await next(call);
      } catch (error) {
        await waitAfter(error, attempts, call, options);
      }
    }
  };
}

/** Waits for the next attempt, or throws the error where there shall be none. */
async function waitAfter(
  error: unknown,
  attempts: number,
  call: Call,
  { maxAttempts, time }: RetryOptions,
): Promise<void> {
  if (!OpenMessagingError.is(error)) throw error;
  const waitMs = Math.max(backoffMs(attempts, time.random), error.retryAfterMs ?? 0);
  const isLate = time.monotonicMs() + waitMs >= call.deadlineMs;
  if (!error.retryable || attempts >= maxAttempts || isLate) throw error.with({ attempts });
  await time.sleep(waitMs, call.signal);
}

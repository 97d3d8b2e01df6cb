import { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { backoffMs } from "../retry/backoff.ts";
import { RetryBudget } from "../retry/retry-budget.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { Call, Layer } from "./layer.ts";

interface RetryOptions {
  readonly maxAttempts: number;
  readonly time: TimeAndChance;
}

/**
 * Makes a call again after a failure that can pass, until `maxAttempts` or until the budget that all calls share is spent.
 * It waits as long as the server asked or, by chance, longer; and not at all where the caller's time would be over before
 * the next attempt.
 */
export function retry(options: RetryOptions): Layer {
  const budget = new RetryBudget();
  return (next) => async (call) => {
    let lastCost: number | undefined;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await next(attempt === 1 ? call : { ...call, attempt });
        budget.refill(lastCost);
        return answer;
      } catch (error) {
        lastCost = await waitAfter(error, attempt, call, options, budget);
      }
    }
  };
}

/** Waits for the next attempt and returns what it cost, or throws the error where there shall be none. */
async function waitAfter(
  error: unknown,
  attempts: number,
  call: Call,
  { maxAttempts, time }: RetryOptions,
  budget: RetryBudget,
): Promise<number> {
  if (!OpenMessagingError.is(error)) throw error;
  const waitMs = Math.max(backoffMs(attempts, time.random), error.retryAfterMs ?? 0);
  const isLate = time.monotonicMs() + waitMs >= call.deadlineMs;
  if (!error.retryable || attempts >= maxAttempts || isLate) throw error.with({ attempts });
  const cost = budget.pay(error);
  if (cost === undefined) throw error.with({ attempts });
  await time.sleep(waitMs, call.signal);
  return cost;
}

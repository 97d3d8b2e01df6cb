import { RateLimitError } from "../errors/api-errors.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";

const capacity = 500;
const costOfTransient = 14;
const costOfThrottling = 5;
const refillOfCleanSuccess = 1;

/**
 * What keeps an outage from being multiplied: all calls of a client pay for their repetitions from one budget, which only
 * successes fill again. Numbers as in AWS SDK v3 (`packages/core/src/submodules/retry` of smithy-typescript).
 */
export class RetryBudget {
  #tokens = capacity;

  /** Pays for one repetition. Returns what it cost, or `undefined` where too little is left. */
  pay(error: OpenMessagingError): number | undefined {
    const cost = RateLimitError.is(error) ? costOfThrottling : costOfTransient;
    if (cost > this.#tokens) return undefined;
    this.#tokens -= cost;
    return cost;
  }

  /** A call succeeded: its last repetition is paid back, and one that needed none adds a little. */
  refill(lastCost: number | undefined): void {
    this.#tokens = Math.min(capacity, this.#tokens + (lastCost ?? refillOfCleanSuccess));
  }
}

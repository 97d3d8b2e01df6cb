const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Every number by which notifications are steered. Durations in milliseconds. */
export interface NotificationPolicy {
  /** The wait after the first attempt, the second, and so on; an event is passed over when the last wait failed too. */
  retryWaitsMs: readonly number[];
  /** Each wait is this much shorter or longer by chance, so that many do not come back at once. A share of 1. */
  jitter: number;
  /** The longest that a subscriber's `Retry-After` is heeded. */
  retryAfterCapMs: number;
  /** The pause of a whole subscription that asks to slow down without saying for how long. */
  slowDownMs: number;
  /** How long a subscriber has to answer. */
  requestTimeoutMs: number;
  /** How long a claim holds: longer than a request. */
  leaseMs: number;
  /** The least time of a claim that must be left when a request begins. */
  leaseMarginMs: number;
  /** How many notifications a process has under way, and how many one subscription has over all processes. */
  maxInFlight: number;
  maxInFlightPerSubscription: number;
  /** How often work is looked for when nothing wakes the worker. */
  pollMs: number;
  /** The rest after a look that found nothing, so that not every commit of others costs one. */
  gatherMs: number;
  /** The rest after the store failed. */
  restAfterFailureMs: number;
  /** How long a stop waits for answers. */
  stopGraceMs: number;
}

/** Eleven waits, 40 hours in all. */
export const defaultNotificationPolicy: NotificationPolicy = {
  retryWaitsMs: [
    5 * second,
    30 * second,
    2 * minute,
    10 * minute,
    30 * minute,
    hour,
    2 * hour,
    4 * hour,
    8 * hour,
    12 * hour,
    12 * hour,
  ],
  jitter: 0.2,
  retryAfterCapMs: 12 * hour,
  slowDownMs: 5 * second,
  requestTimeoutMs: 15 * second,
  leaseMs: minute,
  leaseMarginMs: 20 * second,
  maxInFlight: 64,
  maxInFlightPerSubscription: 16,
  pollMs: second,
  gatherMs: 20,
  restAfterFailureMs: second,
  stopGraceMs: 5 * second,
};

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Every number by which the link is steered. Durations in milliseconds. */
export interface LinkPolicy {
  /** How long Genesys Cloud has to answer one request. */
  requestTimeoutMs: number;
  /**
   * How long after a doubtful request its effect is looked for: longer than the platform may still take to apply it. At
   * least twice the request's timeout.
   */
  settleMs: number;
  /** The waits after failures that are known to have changed nothing; the last one goes on. None is longer than the event is old. */
  retryWaitsMs: readonly number[];
  /** How old an event is when it is passed over after one more failure. */
  giveUpAfterMs: number;
  /** The pause of all where credentials or permissions are refused. */
  refusedPauseMs: number;
  /** Requests that all processes together make in a minute, of the 300 that the platform allows a token. */
  requestsPerMinute: number;
  /** How long a webhook waits for the store before it is kept on disk instead. */
  intakeTimeoutMs: number;
  /** How long a webhook's message is known as taken. */
  dedupeMs: number;
  /** How soon a conversation in which something happened is looked at. */
  activeCheckMs: number;
  /** How often one that goes on is looked at. */
  idleCheckMs: number;
  /** How long one process has for a look. */
  checkLeaseMs: number;
  /** How often work is looked for. */
  pollMs: number;
  /** The rest after a failure. */
  restMs: number;
}

export const defaultLinkPolicy: LinkPolicy = {
  requestTimeoutMs: 6 * second,
  settleMs: 30 * second,
  retryWaitsMs: [second, 5 * second, 15 * second, minute, 5 * minute, 15 * minute],
  giveUpAfterMs: 2 * day,
  refusedPauseMs: 15 * second,
  requestsPerMinute: 270,
  intakeTimeoutMs: 400,
  dedupeMs: 7 * day,
  activeCheckMs: 10 * second,
  idleCheckMs: minute,
  checkLeaseMs: 30 * second,
  pollMs: second,
  restMs: second,
};

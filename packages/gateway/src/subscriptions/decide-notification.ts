import type { NotificationResult } from "../store/subscription-store.ts";
import type { NotificationPolicy } from "./notification-policy.ts";

/** What came of one try to tell a subscriber. */
export type NotificationOutcome =
  | { kind: "answered"; status: number; retryAfterMs?: number }
  | { kind: "unanswered"; reason: string };

/** What a decision rests on beside the outcome. */
export interface NotificationSituation {
  /** 1 for the first. */
  attempt: number;
  policy: NotificationPolicy;
  /** From 0 up to 1. */
  random: () => number;
}

/** Answers that ask to slow down: https://www.standardwebhooks.com, "Retry schedule and failures". */
const slowDownStatuses: readonly number[] = [429, 502, 504];

/** The subscriber wants no more: as above. */
const goneStatus = 410;

/** What follows from a try. Only a 2xx is a success; a redirect is none, since nobody follows it. */
export function decideNotification(
  outcome: NotificationOutcome,
  situation: NotificationSituation,
): NotificationResult {
  if (outcome.kind === "unanswered") return tryAgain(outcome, situation);
  const { status, retryAfterMs } = outcome;
  if (status >= 200 && status < 300) return { kind: "taken", status };
  const reason = `The subscriber answered ${status}.`;
  if (status === goneStatus) return { kind: "ended", status, reason };
  const pauseMs = slowDownStatuses.includes(status)
    ? (retryAfterMs ?? situation.policy.slowDownMs)
    : undefined;
  return tryAgain({ status, reason, retryAfterMs, pauseMs }, situation);
}

interface Failure {
  status?: number;
  reason: string;
  retryAfterMs?: number | undefined;
  pauseMs?: number | undefined;
}

function tryAgain(failure: Failure, { attempt, policy, random }: NotificationSituation): NotificationResult {
  const { reason, retryAfterMs, pauseMs } = failure;
  const status = failure.status === undefined ? {} : { status: failure.status };
  const waitMs = policy.retryWaitsMs[attempt - 1];
  if (waitMs === undefined) {
    return { kind: "passed-over", ...status, reason: `Given up after ${attempt} attempts. ${reason}` };
  }
  const ownMs = Math.round(waitMs * (1 + policy.jitter * (2 * random() - 1)));
  const pause = pauseMs === undefined ? {} : { pauseMs };
  return { kind: "retry", ...status, reason, afterMs: Math.max(ownMs, retryAfterMs ?? 0), ...pause };
}

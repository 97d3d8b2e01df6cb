import { OpenMessagingError } from "@quickcard/client";
import type { NotificationResult } from "../../store/subscription-store.ts";
import type { LinkPolicy } from "../link-policy.ts";
import { RefusedReceiptError } from "./send-receipt.ts";

/** What a decision rests on beside the failure. */
export interface FailureSituation {
  /** 1 for the first. */
  attempt: number;
  /** How long ago happened what is to be told. */
  ageMs: number;
  policy: LinkPolicy;
  /** From 0 up to 1. */
  random: () => number;
}

/** Refusals that somebody can mend, so that what was refused is not given up. */
const mendable: readonly number[] = [401, 403, 404];

/** How often a receipt is told that is answered but not noted: what the customer writes waits behind it. */
const mostReceiptAttempts = 3;

/**
 * What follows from a request to Genesys Cloud that failed, as a table over its fate. A request whose fate is unknown is
 * taken up again only when its effect can be looked for.
 */
export function decideOnFailure(error: unknown, situation: FailureSituation): NotificationResult {
  const { policy, attempt } = situation;
  if (error instanceof RefusedReceiptError) {
    const isTriedAgain = error.isPassing && attempt < mostReceiptAttempts;
    return isTriedAgain
      ? tryAgain(error.message, {}, situation)
      : { kind: "passed-over", reason: error.message };
  }
  if (!OpenMessagingError.is(error)) return tryAgain("The request failed.", {}, situation);
  const status = error.status === undefined ? {} : { status: error.status };
  const reason = `${error.code}${error.status === undefined ? "" : ` (${error.status})`}: ${error.fix}`;
  switch (error.fate) {
    case "applied":
      return { kind: "taken", ...status };
    case "unknown":
      return { kind: "retry", ...status, reason, afterMs: policy.settleMs };
    case "not_sent":
      return tryAgain(reason, pauseOf(error), situation, status);
    case "not_applied":
      if (error.code === "rate_limited") return tryAgain(reason, pauseOf(error), situation, status);
      return mendable.includes(error.status ?? 0)
        ? tryAgain(reason, { pauseMs: policy.refusedPauseMs }, situation, status)
        : { kind: "passed-over", ...status, reason };
  }
}

/** A quota is everybody's: nobody asks before it is there again. */
function pauseOf(error: OpenMessagingError): { pauseMs?: number } {
  return error.code === "rate_limited" ? { pauseMs: error.retryAfterMs ?? 1000 } : {};
}

function tryAgain(
  reason: string,
  pause: { pauseMs?: number },
  { attempt, ageMs, policy, random }: FailureSituation,
  status: { status?: number } = {},
): NotificationResult {
  // A spent quota, or a permission that is missing, is not given up, however long it lasts.
  if (ageMs > policy.giveUpAfterMs && pause.pauseMs === undefined) {
    return { kind: "passed-over", ...status, reason: `Given up after ${attempt} attempts. ${reason}` };
  }
  const [shortestMs = policy.settleMs] = policy.retryWaitsMs;
  const listedMs = policy.retryWaitsMs[attempt - 1] ?? policy.retryWaitsMs.at(-1) ?? shortestMs;
  // Gateways that were killed have made attempts too: of those alone nobody has to wait long.
  const waitMs = Math.min(listedMs, Math.max(shortestMs, ageMs));
  const ownMs = Math.round(waitMs * (0.8 + 0.4 * random()));
  return { kind: "retry", ...status, reason, afterMs: Math.max(ownMs, pause.pauseMs ?? 0), ...pause };
}

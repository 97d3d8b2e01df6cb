import type { DeliveryMode } from "@quickcard/client";
import type { ChannelTraits } from "../channels/channel.ts";
import { backoffMs, type DeliveryPolicy } from "./delivery-policy.ts";
import type { Evidence, SendOutcome } from "./send-outcome.ts";

/**
 * What becomes of a message after a try or a search. The lane goes on to the next message with a status that is
 * final; with the others this message stays at its head and is taken up again after `afterMs`.
 */
export type Decision =
  | { status: "sent"; channelMessageId?: string; afterMs?: number }
  | { status: "failed" | "unknown"; reason: string }
  | { status: "retry_wait" | "ambiguous"; reason: string; afterMs: number };

/** What a decision rests on beside the outcome. */
export interface Situation {
  mode: DeliveryMode;
  /** How many attempts there were, this one included. */
  attempts: number;
  /** How many searches for evidence there were since the attempt, this one included. */
  searches: number;
  /** How long the message has been ambiguous. */
  ambiguousForMs: number;
  traits: ChannelTraits;
  policy: DeliveryPolicy;
  random: () => number;
}

/** What follows from the outcome of a try. */
export function decideOnOutcome(outcome: SendOutcome, situation: Situation): Decision {
  const { traits } = situation;
  switch (outcome.kind) {
    case "applied": {
      const id = outcome.channelMessageId === undefined ? {} : { channelMessageId: outcome.channelMessageId };
      return { status: "sent", ...id, ...(traits.pairIntervalMs ? { afterMs: traits.pairIntervalMs } : {}) };
    }
    case "not-sent":
    case "not-applied":
      return outcome.permanent ? { status: "failed", reason: outcome.reason } : tryAgain(outcome, situation);
    case "ambiguous":
      return decideOnDoubt(outcome.reason, situation, outcome.repeat);
  }
}

/**
 * What follows where a message may have been applied: also for one whose process died while it was sending. The lane
 * waits until a late application would have happened, so that the order holds whatever became of the message.
 */
export function decideOnDoubt(
  reason: string,
  situation: Situation,
  repeat: ChannelTraits["repeat"] = situation.traits.repeat,
): Decision {
  const { mode, traits } = situation;
  if (repeat === "safe" || mode === "at-least-once") return tryAgain({ reason }, situation);
  return { status: "ambiguous", reason, afterMs: traits.settleMs };
}

/** What follows from a search for evidence, which is made once the settling time is over. */
export function decideOnEvidence(evidence: Evidence, situation: Situation): Decision {
  const { mode, policy, searches, ambiguousForMs, random } = situation;
  if (evidence.kind === "found") {
    const { channelMessageId } = evidence;
    return { status: "sent", ...(channelMessageId === undefined ? {} : { channelMessageId }) };
  }
  if (evidence.kind === "partly") return tryAgain({ reason: "The rest of it follows." }, situation);
  if (mode === "at-most-once")
    return { status: "unknown", reason: "No answer came, and it is not sent twice." };
  if (evidence.kind === "absent") return tryAgain({ reason: "The channel does not have it." }, situation);
  if (!situation.traits.evidence || ambiguousForMs >= policy.searchDeadlineMs) {
    return { status: "unknown", reason: `Whether it was applied cannot be found out. ${evidence.reason}` };
  }
  const wait = backoffMs(policy.searchBaseMs, policy.searchCapMs, searches, random);
  return { status: "ambiguous", reason: evidence.reason, afterMs: Math.max(wait, policy.searchBaseMs) };
}

function tryAgain(failure: { reason: string; retryAfterMs?: number }, situation: Situation): Decision {
  const { policy, attempts, random } = situation;
  // A dead letter that is sent again has as many attempts more.
  const nth = attempts % policy.maxAttempts;
  if (nth === 0) {
    return { status: "failed", reason: `Given up after ${attempts} attempts. ${failure.reason}` };
  }
  const own = backoffMs(policy.retryBaseMs, policy.retryCapMs, nth, random);
  return { status: "retry_wait", reason: failure.reason, afterMs: Math.max(own, failure.retryAfterMs ?? 0) };
}

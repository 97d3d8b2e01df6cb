import { classifyAnswer } from "../delivery/classification.ts";
import type { SendOutcome } from "../delivery/send-outcome.ts";

/** What one of a channel's error codes tells of the request. */
export interface FailureClass {
  kind: "not-applied" | "ambiguous";
  /** Trying again is pointless. */
  permanent?: true;
  /** Nothing more is to be sent with this credential for so long, where the answer itself does not say how long. */
  pauseMs?: number;
  /** Nothing more is to be sent to this contact for so long; each attempt multiplies it by four. */
  contactPauseMs?: number;
  meaning: string;
}

/** A failure as the channel's own code tells it. */
export interface ToldFailure {
  channel: string;
  code: string;
  found: FailureClass;
  attempt: number;
  retryAfterMs?: number | undefined;
}

/** The longest that a contact rests after it was sent too much. */
const contactPauseCapMs = 10 * 60_000;

/** What delivery makes of a failure that the channel named: whether and when it is tried again. */
export function outcomeOf({ channel, code, found, attempt, retryAfterMs }: ToldFailure): SendOutcome {
  const reason = `${channel} answered ${code}: ${found.meaning}`;
  if (found.kind === "ambiguous") return { kind: "ambiguous", reason };
  if (found.permanent) return { kind: "not-applied", reason, permanent: true };
  const ownPause =
    found.contactPauseMs === undefined
      ? undefined
      : Math.min(found.contactPauseMs * 4 ** Math.min(attempt - 1, 10), contactPauseCapMs);
  const wait = retryAfterMs ?? ownPause ?? found.pauseMs;
  return {
    kind: "not-applied",
    reason,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(found.pauseMs === undefined ? {} : { pauseMs: retryAfterMs ?? found.pauseMs }),
  };
}

/** What an answer without a code that is known tells: by its status alone. */
export function outcomeByStatus(channel: string, status: number, headers: Headers, now: number): SendOutcome {
  const outcome = classifyAnswer(status, headers, now);
  return outcome.kind === "applied" ? outcome : { ...outcome, reason: `${channel} answered ${status}.` };
}

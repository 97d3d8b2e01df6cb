/**
 * What is known of one try to deliver:
 *
 * - `applied`: the channel has the message.
 * - `not-sent`: the request never left; `not-applied`: the channel refused it. Either may be tried again, unless
 *   `permanent`.
 * - `ambiguous`: the request left and no answer tells what became of it. Never simply repeated, unless the channel takes
 *   the same message twice for one; `repeat` says that it does so no more.
 */
export type SendOutcome = (
  | { kind: "applied"; channelMessageId?: string }
  | { kind: "not-sent" | "not-applied"; reason: string; permanent?: boolean; retryAfterMs?: number }
  | { kind: "ambiguous"; reason: string; repeat?: "unsafe" }
) & {
  /** For how long the channel wants nothing more from this credential. */
  pauseMs?: number;
  /** Where the credential stands in its quota, where the channel said so. */
  quota?: Quota;
};

/** A quota as a channel's answer tells it. */
export interface Quota {
  /** Spent in this window, by whoever uses the credential. */
  count: number;
  allowed: number;
  resetMs: number;
}

/** The four kinds, for tables. */
export type OutcomeKind = SendOutcome["kind"];

/** What a search for an ambiguous message on the channel found. */
export type Evidence =
  | { kind: "found"; channelMessageId?: string }
  | { kind: "absent" }
  /** What was in doubt is there, but that was not the last part of the message. */
  | { kind: "partly" }
  | { kind: "unavailable"; reason: string };

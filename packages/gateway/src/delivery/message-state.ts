import type { MessageStatus } from "@quickcard/client";

/**
 * Where a message can go from each status, as a table: what is not in it does not happen.
 *
 * `sending` has an attempt under way. `retry_wait` was provably not applied and is tried again. `ambiguous` may have
 * been applied: evidence is awaited; `reconciling` looks for it. `unknown` could not be found out.
 */
export const transitions: Readonly<Record<MessageStatus, readonly MessageStatus[]>> = {
  queued: ["sending", "expired", "cancelled"],
  sending: ["sent", "delivered", "read", "retry_wait", "ambiguous", "failed", "unknown", "expired"],
  retry_wait: ["sending", "sent", "delivered", "read", "expired", "failed", "cancelled"],
  ambiguous: ["reconciling", "sending", "sent", "delivered", "read", "retry_wait", "unknown"],
  reconciling: ["ambiguous", "sent", "delivered", "read", "retry_wait", "unknown"],
  sent: ["delivered", "read", "failed"],
  delivered: ["read"],
  read: [],
  failed: ["queued"],
  unknown: ["queued", "sent", "delivered", "read", "failed"],
  expired: ["queued"],
  cancelled: [],
};

/** Statuses in which a message keeps its contact's lane from going on. */
export const unfinished: readonly MessageStatus[] = [
  "queued",
  "sending",
  "retry_wait",
  "ambiguous",
  "reconciling",
];

/** Statuses that a person may have to look at: the dead letters. */
export const deadLetters: readonly MessageStatus[] = ["failed", "unknown", "expired"];

export function isTransition(from: MessageStatus, to: MessageStatus): boolean {
  return transitions[from].includes(to);
}

/** Statuses that end a message's time in its lane. */
export const finished: readonly MessageStatus[] = [
  "sent",
  "delivered",
  "read",
  "failed",
  "unknown",
  "expired",
  "cancelled",
];

/** What word from the channel can still turn into `sent`. */
export const mayTurnOutApplied: readonly MessageStatus[] = [
  "sending",
  "retry_wait",
  "ambiguous",
  "reconciling",
  "unknown",
];

/** What a receipt may move on from: a status never goes back. */
export const beforeReceipt: Readonly<Record<"delivered" | "read", readonly MessageStatus[]>> = {
  delivered: [...mayTurnOutApplied, "sent"],
  read: [...mayTurnOutApplied, "sent", "delivered"],
};

/** What is to be done with the head of a lane in this status. */
export function workFor(status: MessageStatus): "send" | "recover" | "search" {
  if (status === "sending") return "recover";
  return status === "ambiguous" || status === "reconciling" ? "search" : "send";
}

/** Why a message is `expired`. */
export const expiredReason = "Its time had run out.";

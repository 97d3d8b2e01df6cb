import type { MessageStatus } from "@quickcard/client";
import { beforeReceipt, mayTurnOutApplied } from "../delivery/message-state.ts";
import type { PartRecord, PartStatus } from "./channel-records.ts";

/** Where a part can go from each status: it never goes back, and what the customer has does not fail any more. */
const partTransitions: Readonly<Record<PartStatus, readonly PartStatus[]>> = {
  sent: ["delivered", "read", "failed"],
  delivered: ["read"],
  read: [],
  failed: [],
};

/**
 * A part after word of it has come; `undefined` where the word changes nothing. Word of a later attempt replaces what
 * was known; word of an earlier one counts only where it is of the same message on the channel.
 */
export function mergePart(known: PartRecord | undefined, word: PartRecord): PartRecord | undefined {
  if (!known || word.attempt > known.attempt) return word;
  const isSame =
    word.channelMessageId === undefined ||
    known.channelMessageId === undefined ||
    word.channelMessageId === known.channelMessageId;
  if (!isSame) return undefined;
  const moves = partTransitions[known.status].includes(word.status);
  const learnsId = known.channelMessageId === undefined && word.channelMessageId !== undefined;
  const isNotedNow = word.noted && !known.noted;
  if (!moves && !learnsId && !isNotedNow) return undefined;
  return {
    ...known,
    noted: known.noted || word.noted,
    ...(word.channelMessageId === undefined ? {} : { channelMessageId: word.channelMessageId }),
    ...(moves ? { status: word.status, ...(word.reason === undefined ? {} : { reason: word.reason }) } : {}),
  };
}

/** What the parts of a message tell of it as a whole: nothing until the channel has had all of them. */
export function statusOfParts(parts: readonly PartRecord[], total: number): PartStatus | undefined {
  if (parts.length < total) return undefined;
  const order: readonly PartStatus[] = ["failed", "sent", "delivered", "read"];
  return order.find((status) => parts.some((part) => part.status === status));
}

/** The statuses that a message goes through when its parts tell this of it. */
export function statusesToward(
  status: MessageStatus,
  told: PartStatus,
): ("sent" | "delivered" | "read" | "failed")[] {
  const isApplied = mayTurnOutApplied.includes(status);
  switch (told) {
    case "sent":
      return isApplied ? ["sent"] : [];
    case "delivered":
    case "read":
      return beforeReceipt[told].includes(status) ? [told] : [];
    case "failed":
      if (isApplied) return ["sent", "failed"];
      return status === "sent" ? ["failed"] : [];
  }
}

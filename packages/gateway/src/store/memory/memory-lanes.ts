import type { Channel } from "@quickcard/content";
import type { OutboundRecord } from "../records.ts";

/** A contact's queue, as the store steers it. */
export interface Lane {
  contactId: string;
  channel: Channel;
  /** The message that the lane stays with until it is finished; `undefined` between two messages. */
  headId?: string;
  /** When the lane is next to be looked at: ready for work, or its lease run out. `undefined`: nothing waits. */
  dueAt?: number;
  isLeased: boolean;
  /** Rises with every claim, and whenever a claim is made void. */
  epoch: number;
  searches: number;
  ambiguousSince?: number;
  /** The contact is to be left alone until then, whatever is accepted meanwhile. */
  restsUntil: number;
}

/** A message as the memory store keeps it: with its place in the history and in its lane. */
export type Entry = OutboundRecord & { seq: number; position: number; finishedAt?: number };

/** The queued message whose turn it is, or, where all are for later, when the first of them is due. */
export function nextOf(waiting: Iterable<Entry>, now: number): { entry?: Entry; dueAt?: number } {
  let entry: Entry | undefined;
  let dueAt: number | undefined;
  for (const candidate of waiting) {
    const due = candidate.sendAt ?? 0;
    if (due <= now) {
      if (!entry || isBefore(candidate, entry)) entry = candidate;
    } else if (dueAt === undefined || due < dueAt) dueAt = due;
  }
  return { ...(entry ? { entry } : {}), ...(dueAt === undefined ? {} : { dueAt }) };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.position === other.position ? one.seq < other.seq : one.position < other.position;
}

/** What the store keeps of messages on their channels. Instants are milliseconds since 1970, UTC. */
import type { Notice } from "@quickcard/client";
import type { Answer } from "@quickcard/content/channels";

/** What a channel is given in place of a content. Made when the message is accepted, so that no attempt sends another. */
export interface RenderingRecord {
  /** One request each, in their order: what the channel shows as one message, or as one batch. */
  parts: unknown[];
  notices: Notice[];
  /** What the customer can tap or type, by which the return of it is recognised. */
  answers: Answer[];
}

/** How far one part of a message has come. */
export type PartStatus = "sent" | "delivered" | "read" | "failed";

/** One part of a message that the channel has taken. */
export interface PartRecord {
  /** 1 for the first. */
  number: number;
  /** The attempt that brought it there. */
  attempt: number;
  /** The channel's own id of it. */
  channelMessageId?: string;
  status: PartStatus;
  /** Why it failed. */
  reason?: string;
  /** When its request began; where nobody here noted that, when the channel first told of it. */
  sentAt: number;
  /** Whether the process that sent it has had the answer. Otherwise only the channel's own word tells of it. */
  noted: boolean;
}

/** Where a part belongs. */
export interface PartPlace {
  messageId: string;
  contactId: string;
  number: number;
  attempt: number;
}

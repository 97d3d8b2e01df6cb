/**
 * What the customer's page and the gateway say to each other, below `/chat/{token}`. The token in the path is the
 * customer's whole credential: unguessable, and good for one contact.
 *
 * | route | meaning |
 * |---|---|
 * | `GET /chat/{token}` | the page |
 * | `GET /chat/{token}/timeline?before=ID` | a `Timeline`: the newest messages, or those before a message |
 * | `GET /chat/{token}/events` | server-sent events, resumed by `Last-Event-ID` or `?after=CURSOR` |
 * | `POST /chat/{token}/messages` | a `CustomerMessage`; answers 201 with the `ChatMessage` |
 * | `POST /chat/{token}/pictures?clientMessageId=ID&filename=NAME` | the bytes of a picture; answers 201 with the `ChatMessage` |
 * | `GET /chat/{token}/pictures/{messageId}` | a picture that the customer sent |
 * | `POST /chat/{token}/receipts` | a `Receipt`; answers 204 |
 * | `POST /chat/{token}/typing` | the customer is typing; answers 204 |
 *
 * The routes answer any origin (the element may stand on any site) and never use cookies. An unknown or deleted
 * contact is 404 on each. A stream of events is never silent for more than 15 seconds: with nothing to tell it carries
 * a comment, and a page that hears nothing for three times as long opens it anew.
 */
import type { Content } from "@quickcard/content";

/** What the customer tapped: a choice of a quick reply, or a postback of a card. */
export interface ChatTap {
  messageId: string;
  /** The card within a carousel, from 0. */
  card?: number;
  /** The choice or action, from 0; -1 for a card's `defaultAction`. */
  choice: number;
}

/** One message as the page shows it. */
export interface ChatMessage {
  id: string;
  direction: "outbound" | "inbound";
  /** Outbound: `sent`, `delivered` or `read`. Inbound: `received`. */
  status: "sent" | "delivered" | "read" | "received";
  /** ISO 8601, UTC. */
  timestamp: string;
  content: Content | { type: "text"; text: string } | ChatTapContent | ChatPictureContent;
  /** Inbound only: the id that the page gave it, by which its own copy is recognised. */
  clientMessageId?: string;
}

/** A tap in the timeline. A quick reply shows its label; a postback shows nothing. */
export interface ChatTapContent extends ChatTap {
  type: "tap";
  kind: "quick-reply" | "postback";
  label: string;
}

/** A picture that the customer sent: it is at `pictures/{id of the message}`. */
export interface ChatPictureContent {
  type: "picture";
  filename?: string;
}

/** What the page starts from. */
export interface Timeline {
  contact: {
    displayName?: string;
    state: "queued" | "active" | "closed";
    /** Whether agents are at the other end: they see the customer type, and who writes after an end begins again. */
    hasAgents?: true;
  };
  /** Oldest first, at most 100. */
  messages: ChatMessage[];
  /** Whether there are older ones than the first. */
  hasEarlier: boolean;
  /** Where the events go on: pass it as `after`. */
  cursor: string;
}

/** What the customer sends. The same `clientMessageId` twice is one message. */
export type CustomerMessage =
  | { clientMessageId: string; text: string }
  | { clientMessageId: string; tap: ChatTap };

/** What the page has shown (`delivered`), or the customer has had before the eyes (`read`). */
export interface Receipt {
  status: "delivered" | "read";
  /** 1 to 100 ids of outbound messages. */
  messageIds: string[];
}

/** The server-sent events, by name; each but `typing` carries its place in the log as `id`. */
export interface ChatEvents {
  /** A message of either direction. */
  message: ChatMessage;
  /** An outbound message's receipt, also one that another page of this customer gave. */
  status: { messageId: string; status: "delivered" | "read" };
  /** An agent is typing, and may be shown so for as long. It is in no log: it may be missed, and comes once. */
  typing: { durationMs: number };
  /** The conversation closed or reopened. After `deleted` the stream ends for good. */
  state: { state: "queued" | "active" | "closed" | "deleted" };
}

/** The longest text a customer can send, in UTF-16 code units. */
export const customerTextMaxLength = 4000;

/** The largest picture a customer can send, in bytes. */
export const pictureMaxBytes = 10 * 1024 * 1024;

/** The kinds of pictures a customer can send. */
export const pictureMimeTypes = ["image/gif", "image/jpeg", "image/png", "image/webp"] as const;

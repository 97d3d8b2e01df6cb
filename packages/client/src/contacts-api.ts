/**
 * The contacts API's resources as they travel: every field name is the wire's own.
 * The gateway's schemas are typed against this file, so that the two cannot differ.
 */
import type { AdaptationOptions, Channel, Content, DeliveryMode, DeliveryOptions } from "@quickcard/content";

export type { AdaptationOptions, Channel, Content, DeliveryMode, DeliveryOptions };

/** Plain text wherever one is asked for; only the id of another kind of thing is refused by the compiler. */
type Id<Of extends string> = string & { readonly idOf?: Of | undefined };

/** A contact's `id`. A conversation's does not compile in its place. */
export type ContactId = Id<"contact">;
/** A conversation's `id`. A contact's does not compile in its place. */
export type ConversationId = Id<"conversation">;
/** A message's `id`. */
export type MessageId = Id<"message">;

/** Where a contact's conversation stands. `queued` and `active` accept messages. */
export type ContactState = "queued" | "active" | "closed";

/** A customer reachable on one channel, with the conversation that the messages belong to. */
export interface Contact {
  /** UUID. Not the conversation's id: the two are never interchangeable. */
  id: ContactId;
  conversationId: ConversationId;
  state: ContactState;
  channel: Channel;
  /** The channel's own address of the customer: a phone number, a page-scoped id. Absent on `web`. */
  address?: string;
  displayName?: string;
  attributes?: Record<string, string>;
  /** ISO 8601, UTC, milliseconds. */
  createdAt: string;
  updatedAt: string;
  /** When the customer last wrote or tapped. */
  lastInboundAt?: string;
  /**
   * On channel `web`: the customer's page. Whoever has the link can read and write as the customer, so only
   * a token with `conversations:write` is shown it.
   */
  chatUrl?: string;
  selfUri: string;
}

/** What a contact is made from. */
export interface NewContact {
  channel: Channel;
  address?: string;
  displayName?: string;
  attributes?: Record<string, string>;
}

/** What of a contact can be changed. `closed` ends the conversation, `active` reopens it. */
export interface ContactChanges {
  state?: "active" | "closed";
  displayName?: string;
  attributes?: Record<string, string>;
}

/**
 * How far an outbound message has come.
 *
 * | status | means |
 * |---|---|
 * | `queued` | waits for its turn |
 * | `sending` | a try to deliver it is under way |
 * | `retry_wait` | was certainly not delivered, and is tried again |
 * | `ambiguous`, `reconciling` | may have been delivered; evidence is awaited or looked for |
 * | `sent`, `delivered`, `read` | the channel has it, it is on the customer's screen, the customer has seen it |
 * | `failed` | will not be delivered; `reason` says why |
 * | `unknown` | may have been delivered, and it cannot be found out |
 * | `expired`, `cancelled` | its time had run out, or it was taken back, before it was sent |
 */
export type MessageStatus =
  | "queued"
  | "sending"
  | "retry_wait"
  | "ambiguous"
  | "reconciling"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "unknown"
  | "expired"
  | "cancelled";

/** A change that is made so that the contact's channel can show the message. */
export interface Notice {
  code: string;
  /** JSON pointer into `content`. */
  path: string;
  /** What is done. */
  message: string;
  /** What it was: a form, or a figure with its unit. */
  from: string;
  /** What it is now. */
  to: string;
  /** Something that the customer could have seen or done is lost. */
  lossy: boolean;
  /** How many messages the change adds. */
  extraMessages: number;
}

/** One try to deliver a message. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  startedAt: string;
  endedAt?: string;
  /** `applied`: the channel has it. `not-sent`, `not-applied`: it certainly has not. `ambiguous`: it may have. */
  outcome?: "applied" | "not-sent" | "not-applied" | "ambiguous";
  /** Why it did not succeed. */
  reason?: string;
  /** When the next try or the search for evidence follows. */
  nextAt?: string;
}

/** One change of a message's status. */
export interface StatusChange {
  status: MessageStatus;
  timestamp: string;
  reason?: string;
}

/** A message that a program sent to the customer. */
export interface OutboundMessage {
  id: MessageId;
  contactId: ContactId;
  conversationId: ConversationId;
  direction: "outbound";
  status: MessageStatus;
  /** When it was accepted. */
  timestamp: string;
  content: Content;
  /** What the sender put beside the content, echoed in status, history and events. */
  metadata?: Record<string, string>;
  notices: Notice[];
  /** How it is to be delivered: what the sender said, and what holds where nothing was said. */
  delivery: Required<Pick<DeliveryOptions, "mode" | "expiresAt">> & Pick<DeliveryOptions, "sendAt">;
  /** Why it is not delivered, or not yet. */
  reason?: string;
  /** Every try to deliver it; on `GET …/messages/{messageId}` only. */
  attempts?: Attempt[];
  /** Every status it has had; on `GET …/messages/{messageId}` only. */
  statuses?: StatusChange[];
  selfUri: string;
}

/** A choice or button that the customer tapped. */
export interface Tap {
  type: "tap";
  /** `quick-reply`: a choice of a quick reply. `postback`: a button of a card. */
  kind: "quick-reply" | "postback";
  /** The outbound message that was tapped. */
  messageId: MessageId;
  /** The card within a carousel, from 0. Absent where the message is not a carousel. */
  card?: number;
  /** The choice or action within the message or card, from 0; -1 for a card's `defaultAction`. */
  choice: number;
  /** What the customer saw on it. */
  label: string;
  /** The choice's `value` or the button's `payload`. */
  value: string;
}

/** A picture, recording, film or file that the customer sent. */
export interface InboundMedia {
  type: "image" | "audio" | "video" | "file";
  /** Where it is, on channels that say so. It may be there for a short while only. */
  url?: string;
  /** What the channel calls it, on channels that give it out to who holds their token. */
  channelMediaId?: string;
  mimeType?: string;
  filename?: string;
  caption?: string;
}

/** A place that the customer sent. */
export interface InboundLocation {
  type: "location";
  /** Degrees, -90 to 90. */
  latitude: number;
  /** Degrees, -180 to 180. */
  longitude: number;
  name?: string;
  address?: string;
}

/** What a customer can send. From `web` come text, taps and pictures; places and other media from other channels. */
export type InboundContent = { type: "text"; text: string } | Tap | InboundMedia | InboundLocation;

/** Something the customer wrote or tapped. */
export interface InboundMessage {
  id: MessageId;
  contactId: ContactId;
  conversationId: ConversationId;
  direction: "inbound";
  status: "received";
  timestamp: string;
  content: InboundContent;
  selfUri: string;
}

/** One entry of a conversation's history. */
export type Message = OutboundMessage | InboundMessage;

/** The body of a send. */
export interface MessageRequest {
  type: "message";
  content: Content;
  /** At most 32 entries; keys up to 64 characters, values up to 1,024. */
  metadata?: Record<string, string>;
  /** How and when it is to be delivered. */
  delivery?: DeliveryOptions;
  /** What is done where the contact's channel cannot show the content as it is. */
  adaptation?: AdaptationOptions;
}

/** A status that a person may have to look at: nothing more happens to the message by itself. */
export type DeadLetterStatus = "failed" | "unknown" | "expired";

/** Which dead letters to send again or to drop, all at once: those first that were accepted first. */
export interface DeadLetterSelection {
  /**
   * Default where they are sent again: `failed` and `expired`, since the customer may have those that are `unknown`.
   * Default where they are dropped: all three.
   */
  statuses?: DeadLetterStatus[];
  contactId?: string;
  channel?: Channel;
  /** Only those that were accepted before this instant (ISO 8601). */
  before?: string;
  /** At most so many, from 1 to 1,000. Default: 100. */
  limit?: number;
}

/** How many were sent again or dropped. */
export interface DeadLetterCount {
  count: number;
}

/** One page of a list. */
export interface Page<Entity> {
  entities: Entity[];
  pageSize: number;
  /** Path and query of the next page; absent on the last. */
  nextUri?: string;
}

interface EventBase {
  /** The place in the gateway's log: what `Last-Event-ID` resumes after. */
  id: string;
  timestamp: string;
  contactId: ContactId;
  conversationId: ConversationId;
}

/** The customer wrote or tapped. */
export interface InboundMessageEvent extends EventBase {
  type: "message.inbound";
  message: InboundMessage;
}

/** An outbound message moved on. */
export interface MessageStatusEvent extends EventBase {
  type: "message.status";
  messageId: MessageId;
  status: MessageStatus;
  reason?: string;
  metadata?: Record<string, string>;
}

/** A conversation opened, closed, was reopened, or was deleted with its contact. */
export interface ConversationStateEvent extends EventBase {
  type: "conversation.state";
  state: ContactState | "deleted";
}

/** Something that happened, as `GET /api/v2/conversations/messaging/events` tells it. */
export type Event = InboundMessageEvent | MessageStatusEvent | ConversationStateEvent;

/** The scopes a token can carry. */
export type Scope =
  | "messages:send"
  | "conversations:read"
  | "conversations:write"
  | "analytics:conversations:query";

/** One violation inside an error body. */
export interface ErrorDetail {
  errorCode: string;
  /** JSON pointer into the request body, or the name of a parameter or header. */
  fieldName: string;
  message: string;
}

/** The body of every error but those of the token endpoint. */
export interface ErrorBody {
  message: string;
  code: string;
  status: number;
  /** The correlation id of the answer. */
  contextId: string;
  details: ErrorDetail[];
  errors: ErrorBody[];
}

/** Open Messaging's own messages: what middleware sends to Genesys Cloud, and what Genesys Cloud posts to its webhook. */
import type { ConversationContentAttachment, ConversationMessageContent } from "./message-content.ts";

/** How an address is to be read. */
export type IdType = "Email" | "Phone" | "Opaque";

/** The customer, by the address that the middleware knows. */
export interface OpenMessagingFromRecipient {
  id: string;
  idType: IdType;
  nickname?: string;
  firstName?: string;
  lastName?: string;
  /** The URL of a picture. */
  image?: string;
  email?: string;
}

/** Whom a message is for: on the way to the customer it has no `idType`. */
export interface OpenMessagingToRecipient extends Omit<OpenMessagingFromRecipient, "idType"> {
  idType?: IdType;
}

/** What kind of Open Messaging channel it is. */
export interface ConversationChannelMetadata {
  subType?: "None" | "GoogleBusinessProfile" | "RoadsideAssistance" | "YouTube";
}

/** The customer's side of an inbound message. `messageId` and `time` together must be unique. */
export interface OpenInboundMessageMessagingChannel {
  from: OpenMessagingFromRecipient;
  /** ISO 8601. */
  time: string;
  /** The message's id at the provider. */
  messageId?: string;
  metadata?: ConversationChannelMetadata;
}

/** A picture, a recording or a file that the customer sent. */
export interface OpenContentAttachment {
  id?: string;
  mediaType: "Image" | "Video" | "Audio" | "File" | "Link";
  url: string;
  mime: string;
  /** The caption. */
  text?: string;
  sha256?: string;
  filename?: string;
}

/** One attachment of an inbound message. */
export interface OpenInboundMessageContent {
  attachment?: OpenContentAttachment;
}

/** What a customer wrote or sent. Genesys Cloud asks for `text` or `content`; of attachments it takes one. */
export interface OpenInboundNormalizedMessage {
  channel: OpenInboundMessageMessagingChannel;
  text?: string;
  content?: OpenInboundMessageContent[];
  metadata?: Record<string, string>;
}

/** The customer's side of an inbound event; `time` is ISO 8601. */
export interface OpenInboundMessagingChannel {
  from: OpenMessagingFromRecipient;
  time: string;
}

/** What happens besides messages. */
export interface OpenEvent {
  eventType: "Typing";
}

/** The customer types. */
export interface OpenInboundNormalizedEvent {
  channel: OpenInboundMessagingChannel;
  events: OpenEvent[];
}

/** Whom the message was for that a receipt tells of; `time` is ISO 8601. */
export interface OpenInboundMessagingReceiptChannel {
  to: OpenMessagingToRecipient;
  time: string;
}

/** Why a message did not reach the customer. */
export interface ConversationReason {
  code?: ReasonCode;
  message: string;
}

/** The kind of reason for which a message did not reach the customer. */
export type ReasonCode =
  | "MessageExpired"
  | "RateLimited"
  | "MessageNotAllowed"
  | "GeneralError"
  | "UnsupportedMessage"
  | "UnknownMessage"
  | "InvalidMessageStructure"
  | "InvalidDestination"
  | "ServerError"
  | "MediaTypeNotAllowed"
  | "InvalidMediaContentLength"
  | "RecipientOptedOut"
  | "DataFiltered";

/** What a receipt can say. There is no `Read`. */
export type ReceiptStatus = "Sent" | "Delivered" | "Failed" | "Published" | "Removed";

/** What became of a message of Genesys Cloud. */
export interface OpenInboundNormalizedReceipt {
  /** Genesys Cloud's id of the message. */
  id: string;
  channel: OpenInboundMessagingReceiptChannel;
  status: ReceiptStatus;
  reasons?: ConversationReason[];
  isFinalReceipt?: boolean;
}

/** A button that was pressed. Cards and carousels have `Button`. */
export interface ContentButtonResponse {
  id?: string;
  type: "Button" | "QuickReply" | "DatePicker";
  text: string;
  payload: string;
}

/** The customer pressed a button of a message; it joins a conversation and starts none. */
export interface OpenInboundStructuredResponseMessage {
  channel: OpenInboundMessageMessagingChannel;
  buttonResponse: ContentButtonResponse;
  /** Genesys Cloud's id of the message that had the button. */
  originatingMessageId: string;
}

/** The channel of an answer, and of a webhook. */
export interface OpenMessagingChannel {
  /** The integration. */
  id?: string;
  platform?: "Open";
  type?: "Private";
  messageId?: string;
  to: OpenMessagingToRecipient;
  from: OpenMessagingFromRecipient;
  time: string;
  metadata?: ConversationChannelMetadata;
}

/** One attachment, as Genesys Cloud stored it. */
export interface OpenMessageContent {
  contentType: "Attachment";
  attachment?: ConversationContentAttachment;
}

/** The answer to an inbound message. */
export interface OpenMessageNormalizedMessage {
  id?: string;
  channel: OpenMessagingChannel;
  type: "Text";
  text?: string;
  content?: OpenMessageContent[];
  metadata?: Record<string, string>;
  /** With `prefetchConversationId`. */
  conversationId?: string;
}

/** Somebody types. */
export interface ConversationEventTyping {
  type: "On";
  /** Milliseconds. */
  duration?: number;
}

/** An event, as Genesys Cloud writes it. */
export interface OpenMessageEvent {
  eventType: "Typing";
  typing?: ConversationEventTyping;
}

/** The answer to an inbound event. */
export interface OpenEventNormalizedMessage {
  id?: string;
  channel: OpenMessagingChannel;
  type: "Event";
  events?: OpenMessageEvent[];
}

/** The answer to a receipt. It can itself say `Failed`, with reasons. */
export interface OpenReceiptNormalizedMessage {
  id: string;
  channel: OpenMessagingChannel;
  type: "Receipt";
  status: ReceiptStatus;
  reasons?: ConversationReason[];
  isFinalReceipt?: boolean;
  direction: "Inbound" | "Outbound";
}

/** The button, as Genesys Cloud stored it. */
export interface OpenInboundStructuredResponseNormalizedMessageContent {
  contentType: "ButtonResponse";
  buttonResponse?: ContentButtonResponse;
}

/** The answer to a button that was pressed. */
export interface OpenStructuredResponseNormalizedMessage {
  id?: string;
  channel: OpenMessagingChannel;
  type: "Structured";
  direction?: "Inbound";
  content?: OpenInboundStructuredResponseNormalizedMessageContent[];
  metadata?: Record<string, string>;
}

/**
 * What Genesys Cloud posts to the webhook of an integration. The npm package has no type for it: the names are those of the
 * published schema, and of payloads that were captured (`conversationId`, `metadata`, `events`).
 */
export interface OpenOutboundNormalizedMessage {
  id: string;
  channel: OpenMessagingChannel;
  type: "Text" | "Structured" | "Receipt" | "Event";
  text?: string;
  content?: ConversationMessageContent[];
  events?: OpenMessageEvent[];
  status?: ReceiptStatus | "Read";
  reasons?: ConversationReason[];
  isFinalReceipt?: boolean;
  direction?: "Inbound" | "Outbound";
  originatingEntity?: "Human" | "Bot";
  conversationId?: string;
  metadata?: Record<string, string>;
}

/** Conversations and their messages as Genesys Cloud stores them. */
import type { ConversationMessageContent } from "./message-content.ts";
import type { ConversationReason, OpenMessageEvent } from "./open-messages.ts";

/** A message in the form that all channels share. */
export interface ConversationNormalizedMessage {
  id?: string;
  channel?: {
    id?: string;
    platform?: string;
    type?: "Public" | "Private";
    /** The message's id at the provider. */
    messageId?: string;
    time?: string;
    to?: { id: string };
    from?: { id: string };
  };
  type: "Text" | "Structured" | "Receipt" | "Event" | "Message" | "Unknown";
  text?: string;
  content?: ConversationMessageContent[];
  events?: OpenMessageEvent[];
  status?: "Sent" | "Delivered" | "Read" | "Failed" | "Published" | "Removed";
  reasons?: ConversationReason[];
  originatingEntity?: "Human" | "Bot";
  isFinalReceipt?: boolean;
  direction?: "Inbound" | "Outbound";
  metadata?: Record<string, string>;
}

/** One message of a conversation. Its text is `normalizedMessage.text`. */
export interface MessageData {
  id?: string;
  name?: string;
  /** The message's id at the provider. */
  providerMessageId?: string;
  timestamp: string;
  fromAddress?: string;
  toAddress?: string;
  direction?: "inbound" | "outbound";
  messengerType?: string;
  status:
    | "queued"
    | "sent"
    | "failed"
    | "received"
    | "delivery-success"
    | "delivery-failed"
    | "read"
    | "removed"
    | "published";
  normalizedMessage?: ConversationNormalizedMessage;
  normalizedReceipts?: ConversationNormalizedMessage[];
  conversationId?: string;
  selfUri?: string;
}

/** Messages of a conversation. */
export interface TextMessageListing {
  entities?: MessageData[];
}

/** What a program says into a conversation without being an agent. Open Messaging takes text alone. */
export interface SendAgentlessOutboundMessageRequest {
  /** The integration's id. */
  fromAddress: string;
  /** The id that the customer's inbound messages have in `channel.from.id`. */
  toAddress?: string;
  toAddressMessengerType: "sms" | "whatsapp" | "open";
  /** At most 2000 characters; 765 by SMS. */
  textBody?: string;
  externalContactId?: string;
  messagingTemplate?: SendMessagingTemplateRequest;
  /** Whether it joins a conversation that is open. Default: false. */
  useExistingActiveConversation?: boolean;
}

/** A template from the organisation's library of responses, and what fills it. */
export interface SendMessagingTemplateRequest {
  responseId?: string;
  headerParameters?: TemplateParameter[];
  bodyParameters?: TemplateParameter[];
  buttonUrlParameters?: TemplateParameter[];
}

/** What takes the place of one parameter of a template. */
export interface TemplateParameter {
  id?: string;
  value?: string;
}

/** The answer to an agentless message; `id` is the message's. */
export interface SendAgentlessOutboundMessageResponse {
  id?: string;
  conversationId?: string;
  fromAddress?: string;
  toAddress?: string;
  messengerType?: string;
  useExistingActiveConversation?: boolean;
  message?: MessageData;
  timestamp?: string;
  user?: AddressableEntityRef;
  selfUri?: string;
}

/** What stands for another resource. */
export interface AddressableEntityRef {
  id?: string;
  selfUri?: string;
}

/** What an agent says. One of text, media and template in each request. */
export interface AdditionalMessage {
  textBody: string;
  mediaIds?: string[];
  messagingTemplate?: SendMessagingTemplateRequest;
}

/** An agent types. */
export interface MessageTypingEventRequest {
  typing: { type: "On"; duration?: number };
  dateSent?: string;
}

/** The file that a place is asked for. */
export interface UploadMediaRequest {
  fileName: string;
  contentLengthBytes: number;
  contentMd5?: string;
}

/** Where a file is to be put, with PUT and these headers. */
export interface MessageMediaUploadData {
  id?: string;
  name?: string;
  uploadUrl?: string;
  uploadHeaders?: Record<string, string>;
  selfUri?: string;
}

/** A file that was uploaded, and whether it can be sent. */
export interface MessageMediaData {
  id?: string;
  name?: string;
  url?: string;
  mediaType?: string;
  contentLengthBytes?: number;
  uploadUrl?: string;
  status?: "uploading" | "valid" | "invalid";
  conversationId?: string;
  communicationId?: string;
  selfUri?: string;
}

/** One side's communication in a conversation; its `id` is the `communicationId` that sending asks for. */
export interface Message {
  id?: string;
  state?: "alerting" | "connected" | "parked" | "disconnected";
  direction?: "inbound" | "outbound";
  disconnectType?: string;
  provider?: string;
  type?: string;
  messages?: MessageDetails[];
}

/** One message of a communication, without its text. */
export interface MessageDetails {
  messageId?: string;
  messageURI?: string;
  messageStatus?: string;
  messageTime?: string;
}

/** One who takes part: `purpose` is `customer`, `agent`, `acd`, `workflow`, `botflow` and others. */
export interface Participant {
  id?: string;
  name?: string;
  purpose?: string;
  startTime?: string;
  connectedTime?: string;
  endTime?: string;
  userId?: string;
  queueId?: string;
  queueName?: string;
  attributes?: Record<string, string>;
  messages?: Message[];
}

/** A conversation; `endTime` says that it is over. */
export interface Conversation {
  id?: string;
  name?: string;
  startTime: string;
  endTime?: string;
  participants: Participant[];
  state?: string;
  selfUri?: string;
}

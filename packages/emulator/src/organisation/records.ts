import type { Wire } from "../wire/models.ts";

/** An OAuth client of the kind that uses client credentials. */
export interface OAuthClientRecord {
  id: string;
  name: string;
  secret: string;
  /** 300 to 172,800. */
  accessTokenValiditySeconds: number;
  permissions: readonly string[];
}

/** An access token, kept under the hash of what was given out. */
export interface TokenRecord {
  clientId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** An Open Messaging integration, with its secret. */
export interface IntegrationRecord {
  id: string;
  name: string;
  webhookUrl: string;
  webhookSecret: string;
  webhookHeaders: Readonly<Record<string, string>>;
  supportedContentId: string;
  messagingSettingId: string | undefined;
  createStatus: "Initiated" | "Completed";
  createdBy: string;
  dateCreated: string;
  dateModified: string;
  /** The inbound flow, by `PUT /api/v2/routing/message/recipients/{recipientId}`. */
  flowId: string | undefined;
  identityResolution?: Wire<"OpenMessagingIdentityResolutionConfig">;
}

/** The states that the emulator's participants go through. */
export type PartyState = "alerting" | "connected" | "parked" | "disconnected";

/** A participant, which in messaging has one communication. */
export interface ParticipantRecord {
  id: string;
  communicationId: string;
  purpose: "customer" | "agent" | "acd" | "api" | "botflow";
  name: string;
  address: string;
  direction: "inbound" | "outbound";
  state: PartyState;
  startTime: string;
  connectedTime: string | undefined;
  endTime: string | undefined;
  disconnectType: string | undefined;
  userId: string | undefined;
  attributes: Readonly<Record<string, string>>;
  /** How it went, as the participant noted it. */
  wrapup?: Wire<"Wrapup">;
}

export interface ConversationRecord {
  id: string;
  integrationId: string;
  /** The customer's id on the channel. */
  address: string;
  originatingDirection: "inbound" | "outbound";
  startTime: string;
  endTime: string | undefined;
  participants: readonly ParticipantRecord[];
}

export type MessageStatus =
  | "queued"
  | "sent"
  | "failed"
  | "received"
  | "delivery-success"
  | "delivery-failed"
  | "read"
  | "published"
  | "removed";

/** A stored message: what was said and what became of it. */
export interface MessageRecord {
  id: string;
  conversationId: string;
  communicationId: string;
  integrationId: string;
  /** The customer's id on the channel. */
  address: string;
  direction: "inbound" | "outbound";
  status: MessageStatus;
  timestamp: string;
  providerMessageId: string | undefined;
  normalizedMessage: Wire<"ConversationNormalizedMessage">;
  receipts: readonly Wire<"ConversationNormalizedMessage">[];
  error: { code: string; message: string } | undefined;
}

/** A webhook that is still to be accepted. */
export interface WebhookRecord {
  id: string;
  integrationId: string;
  conversationId: string;
  /** The message that it tells of; none for typing. */
  messageId: string | undefined;
  /** Exactly what is sent and signed. */
  body: string;
  /** How many attempts are over. */
  attempts: number;
  /** Milliseconds since 1970 of the next one. */
  nextAttemptAt: number;
}

/** A person who answers customers. */
export interface AgentRecord {
  id: string;
  name: string;
  /** Whether conversations are connected to the agent at once. */
  autoAnswer: boolean;
}

/** A file on its way into a message. */
export interface MediaRecord {
  id: string;
  conversationId: string;
  communicationId: string;
  name: string;
  mediaType: string;
  contentLengthBytes: number;
  status: "uploading" | "valid" | "invalid";
  /** What the upload URL must carry. */
  uploadKey: string;
  /** Base64 of the MD5 that the upload must have. */
  contentMd5?: string;
  /** Base64 of the file, once it is there. */
  data: string | undefined;
}

/** A profile of supported content. */
export interface SupportedContentRecord {
  id: string;
  name: string;
  mediaTypes: Wire<"MediaTypes"> | undefined;
  /** Whether integrations that name none have it. */
  isDefault: boolean;
  dateCreated: string;
  dateModified: string;
  version: number;
}

export interface MessagingSettingRecord {
  id: string;
  name: string;
  content: Wire<"ContentSetting"> | undefined;
  event: Wire<"EventSetting"> | undefined;
  /** Whether new integrations that name none have it. */
  isDefault?: boolean;
  dateCreated: string;
  dateModified: string;
  version: number;
}

/** A query of analytics that is answered after a while. */
export interface AnalyticsJobRecord {
  id: string;
  query: Wire<"AsyncConversationQuery">;
  /** Milliseconds since 1970. */
  submittedAt: number;
}

/** A channel of notifications. */
export interface ChannelRecord {
  id: string;
  clientId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  topics: readonly string[];
}

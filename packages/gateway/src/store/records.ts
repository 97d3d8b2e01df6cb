/** What the store keeps. Instants are milliseconds since 1970, UTC. */
import type { ContactState, DeliveryMode, InboundContent, MessageStatus, Scope } from "@quickcard/client";
import type { Channel, Content } from "@quickcard/content";
import type { OutcomeKind } from "../delivery/send-outcome.ts";

/** A program that may ask for tokens. */
export interface ClientRecord {
  clientId: string;
  name: string;
  kind: "confidential" | "public";
  /** Of the secret, or of a public client's approval code. */
  secretHash: string;
  scopes: Scope[];
  /** Where a public client may be sent back to; empty for a confidential one. */
  redirectUris: string[];
  tokenLifetimeSeconds: number;
  createdAt: number;
  revokedAt?: number;
}

/** A token that was given out. */
export interface TokenRecord {
  tokenHash: string;
  clientId: string;
  scopes: Scope[];
  expiresAt: number;
}

/** A consent that waits to be exchanged for a token, once. */
export interface AuthorizationCodeRecord {
  codeHash: string;
  clientId: string;
  redirectUri: string;
  scopes: Scope[];
  codeChallenge: string;
  expiresAt: number;
}

/** A contact and its conversation. */
export interface ContactRecord {
  id: string;
  conversationId: string;
  state: ContactState;
  channel: Channel;
  address?: string;
  displayName?: string;
  attributes?: Record<string, string>;
  chatToken: string;
  createdAt: number;
  updatedAt: number;
  lastInboundAt?: number;
  closedAt?: number;
}

/** A contact with its place in the order of creation. */
export type StoredContact = ContactRecord & { seq: number };

interface MessageRecordBase {
  id: string;
  contactId: string;
  conversationId: string;
  createdAt: number;
}

/** A message to the customer. */
export interface OutboundRecord extends MessageRecordBase {
  direction: "outbound";
  status: MessageStatus;
  content: Content;
  metadata?: Record<string, string>;
  reason?: string;
  mode: DeliveryMode;
  /** Not delivered before this instant. */
  sendAt?: number;
  /** Not delivered after this instant. */
  expiresAt: number;
  /** The channel's own id of it. */
  channelMessageId?: string;
}

/** A message from the customer. */
export interface InboundRecord extends MessageRecordBase {
  direction: "inbound";
  status: "received";
  content: InboundContent;
  /** The id that the customer's page gave it. */
  clientMessageId?: string;
}

/** One entry of a conversation, with its place in it. */
export type StoredMessage = (OutboundRecord | InboundRecord) & { seq: number };

/** One try to deliver a message. */
export interface AttemptRecord {
  /** 1 for the first. */
  number: number;
  startedAt: number;
  endedAt?: number;
  outcome?: OutcomeKind;
  reason?: string;
  /** When the lane is taken up again for this message. */
  nextAt?: number;
}

/** One change of a message's status. */
export interface StatusRecord {
  status: MessageStatus;
  at: number;
  reason?: string;
}

interface EventRecordBase {
  /** Rises in the order of the commits. */
  id: number;
  contactId: string;
  conversationId: string;
  createdAt: number;
}

/** One entry of the event log. A message's events carry the message as it is now. */
export type EventRecord =
  | (EventRecordBase & { type: "message.inbound"; message: InboundRecord })
  | (EventRecordBase & {
      type: "message.status";
      status: MessageStatus;
      reason?: string;
      message: OutboundRecord;
    })
  | (EventRecordBase & { type: "conversation.state"; state: ContactState | "deleted" });

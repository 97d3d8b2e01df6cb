import type { ContactState } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type {
  AttemptRecord,
  AuthorizationCodeRecord,
  ClientRecord,
  ContactRecord,
  EventRecord,
  InboundRecord,
  OutboundRecord,
  StoredContact,
  StoredMessage,
  TokenRecord,
} from "./records.ts";

/** Marks a request so that its repetition is recognised for as long as the key is kept. */
export interface IdempotencyClaim {
  clientId: string;
  /** Method and path: the same key on another route is another key. */
  route: string;
  key: string;
  /** SHA-256 of the canonical form of the body. */
  fingerprint: string;
  expiresAt: number;
}

/** What became of a request that may be a repetition. */
export type Accepted<Record> =
  | { kind: "created"; record: Record }
  | { kind: "repeated"; record: Record }
  | { kind: "mismatch" };

/** Why a message was not taken. */
export type NotAccepted = { kind: "no-contact" } | { kind: "closed" };

/** What came of one try to deliver. */
export type DeliveryOutcome = { kind: "sent" } | { kind: "failed"; reason: string };

/** A message claimed for delivery, with the contact it goes to. */
export interface ClaimedMessage {
  message: OutboundRecord;
  contact: ContactRecord;
  attempt: number;
}

/** Which contacts to list: newest first, from after a place. */
export interface ContactFilter {
  state?: ContactState;
  channel?: Channel;
  /** Only contacts made before the one at this place. */
  beforeSeq?: number;
  limit: number;
}

/** Which messages of a contact to read. */
export type MessageRange =
  | { order: "oldest-first"; afterSeq?: number; limit: number }
  | { order: "newest-first"; beforeSeq?: number; limit: number };

/** Which conversations an analytics query asks for. */
export interface ConversationFilter {
  /** Conversations that were open at any time in `[from, to)`. */
  from: number;
  to: number;
  conversationIds?: string[];
  order: "asc" | "desc";
  limit: number;
  offset: number;
}

/** A conversation with the counts that analytics tells. */
export interface ConversationSummary {
  contact: ContactRecord;
  outboundMessages: number;
  inboundMessages: number;
}

/** What of a contact a caller may change. */
export interface ContactUpdate {
  state?: "active" | "closed";
  displayName?: string;
  attributes?: Record<string, string>;
}

/** What changed with a commit: there are new events to read, or messages to deliver. */
export type StoreChange = "events" | "messages";

/**
 * Where the gateway keeps everything. Each method is one transaction: when its promise resolves the change is on
 * disk, and when it rejects nothing changed. Events are written in the same transaction as what they tell.
 *
 * Every method rejects with `StoreUnavailableError` where the database cannot be reached.
 */
export interface Store {
  insertClient(client: ClientRecord): Promise<void>;
  findClient(clientId: string): Promise<ClientRecord | undefined>;
  /** Oldest first. */
  listClients(): Promise<ClientRecord[]>;
  /** Ends the client and its tokens. `false` where there is no such client or it was revoked before. */
  revokeClient(clientId: string, now: number): Promise<boolean>;

  insertToken(token: TokenRecord): Promise<void>;
  /** The token, also one that has expired not long ago. */
  findToken(tokenHash: string): Promise<TokenRecord | undefined>;
  insertAuthorizationCode(code: AuthorizationCodeRecord): Promise<void>;
  /** Reads a code and removes it, so that nobody can use it twice. */
  takeAuthorizationCode(codeHash: string): Promise<AuthorizationCodeRecord | undefined>;

  insertContact(contact: ContactRecord, claim?: IdempotencyClaim): Promise<Accepted<ContactRecord>>;
  findContact(id: string): Promise<ContactRecord | undefined>;
  findContactByConversation(conversationId: string): Promise<ContactRecord | undefined>;
  findContactByChatToken(chatToken: string): Promise<ContactRecord | undefined>;
  listContacts(filter: ContactFilter): Promise<StoredContact[]>;
  updateContact(id: string, update: ContactUpdate, now: number): Promise<ContactRecord | undefined>;
  /** Forgets the contact, its messages and its events but the one that tells of this. */
  deleteContact(id: string, now: number): Promise<boolean>;

  /** Takes a message for delivery, behind all that the contact has waiting. */
  acceptMessage(
    message: Omit<OutboundRecord, "conversationId">,
    claim?: IdempotencyClaim,
  ): Promise<Accepted<OutboundRecord> | NotAccepted>;
  /** Keeps what the customer sent. The same `clientMessageId` again is `repeated`. */
  acceptInbound(
    message: Omit<InboundRecord, "conversationId">,
  ): Promise<Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted>;
  findMessage(contactId: string, messageId: string): Promise<StoredMessage | undefined>;
  listMessages(contactId: string, range: MessageRange): Promise<StoredMessage[]>;
  listAttempts(messageId: string): Promise<AttemptRecord[]>;
  /** Moves outbound messages on to `delivered` or `read`; never back, and never one that was not sent. */
  recordReceipts(
    contactId: string,
    messageIds: string[],
    status: "delivered" | "read",
    now: number,
  ): Promise<void>;

  /** Claims the oldest waiting message of each contact that has none in flight, and starts an attempt of each. */
  claimMessages(limit: number, now: number): Promise<ClaimedMessage[]>;
  finishAttempt(messageId: string, attempt: number, outcome: DeliveryOutcome, now: number): Promise<void>;
  /** Gives back what a process that died had claimed. */
  releaseClaims(now: number): Promise<void>;

  /** The place of the newest event; 0 where there is none. */
  lastEventId(): Promise<number>;
  /** Oldest first. */
  readEvents(afterId: number, limit: number, contactId?: string): Promise<EventRecord[]>;
  queryConversations(
    filter: ConversationFilter,
  ): Promise<{ total: number; conversations: ConversationSummary[] }>;

  /** Removes at most `limit` rows each of expired tokens, codes and idempotency keys. */
  removeExpired(now: number, limit: number): Promise<void>;

  /** Calls back after each commit of this process; returns what stops that. */
  onChange(listener: (change: StoreChange) => void): () => void;
  /** Rejects where the database does not answer. */
  ping(): Promise<void>;
  /** Finishes what was begun and lets go of the database. */
  close(): Promise<void>;
}

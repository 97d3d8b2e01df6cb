import type { ContactState, MessageStatus } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type { Decision } from "../delivery/decide.ts";
import type { OutcomeKind, Quota } from "../delivery/send-outcome.ts";
import type { RenderingRecord } from "./channel-records.ts";
import type { ChannelStore } from "./channel-store.ts";
import type { LinkStore } from "./link-store.ts";
import type {
  AttemptRecord,
  AuthorizationCodeRecord,
  ClientRecord,
  ContactRecord,
  EventRecord,
  InboundRecord,
  OutboundRecord,
  StatusRecord,
  StoredContact,
  StoredMessage,
  TokenRecord,
} from "./records.ts";
import type { SubscriptionStore } from "./subscription-store.ts";

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

/** The message's `expiresAt` is not after its `createdAt`. */
export type TooLate = { kind: "too-late" };

/** A contact has the address already. */
export interface AddressTaken {
  kind: "address-taken";
  record: ContactRecord;
}

/** A quota that all processes share: at most `allowed` messages of a channel in any `windowMs`. */
export interface Pace {
  allowed: number;
  windowMs: number;
}

/** What a worker asks for. */
export interface ClaimRequest {
  channel: Channel;
  /** At most this many lanes. */
  limit: number;
  /** How long the claims hold, by the store's clock. */
  leaseMs: number;
  /** Each lane claimed spends one permit of it. */
  pace?: Pace;
}

/**
 * One lane, held by one worker. Nobody else works on the contact until the lease runs out; from then on `epoch` is
 * another, and what this worker reports is not taken.
 */
export interface Claim {
  contact: ContactRecord;
  /** The message at the head of the lane. */
  message: OutboundRecord;
  epoch: number;
  /**
   * - `send`: an attempt was begun and is on record; the message is `sending`.
   * - `recover`: an attempt was begun by a worker that never reported; the message is still `sending`.
   * - `search`: the message was ambiguous and is now `reconciling`.
   */
  work: "send" | "recover" | "search";
  /** The number of the attempt under way, or of the last one. */
  attempt: number;
  /** How many searches for evidence there were, this one included. */
  searches: number;
  /** For how long the message has been ambiguous. */
  ambiguousForMs: number;
}

/** What a worker got. */
export interface Claims {
  claims: Claim[];
  /** How long until there may be more, by the store's clock; `undefined` where nothing waits. */
  nextInMs: number | undefined;
}

/** What a worker reports of a lane it holds. */
export interface Settlement {
  claim: Pick<Claim, "contact" | "message" | "epoch" | "attempt" | "work">;
  decision: Decision;
  /** What the attempt came to, where one was made. */
  outcome?: { kind: OutcomeKind; reason?: string };
}

/**
 * How far before the beginning of a window that a channel tells of our own permits are counted into it: the headers tell
 * whole seconds, and an answer is some time old when it is reported.
 */
export const paceReportSlackMs = 2000;

/** What was learnt of a quota. */
export interface PaceReport {
  /** Nothing more for so long. */
  pauseMs?: number;
  /** What the channel counts in the present window, others' use of the credential included. */
  quota?: Quota;
}

/** Which outbound messages to list over all contacts. */
export interface MessageFilter {
  statuses: readonly MessageStatus[];
  contactId?: string;
  channel?: Channel;
  /** Only messages accepted before this instant. */
  createdBefore?: number;
  beforeSeq?: number;
  /** Default: `newest-first`. */
  order?: "newest-first" | "oldest-first";
  limit: number;
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
  state?: ContactState;
  displayName?: string;
  attributes?: Record<string, string>;
}

/** Where a key stands in its window. */
export interface RateTaken {
  /** How many were counted in this window, this one included; at most as many as are allowed. */
  count: number;
  /** How long until the window ends. */
  resetMs: number;
  /** Whether this one is beyond what is allowed, and was not counted. */
  exceeded: boolean;
}

/** What changed with a commit: there are new events to read, or messages to deliver. */
export type StoreChange = "events" | "messages";

/** Word between the processes that share a store. It is kept nowhere: who does not listen at the moment misses it. */
export interface Signals {
  /** Tells the other processes, where it can; some thousand characters at most. */
  send(signal: string): void;
  /** Calls back with what others send; returns what stops that. */
  listen(listener: (signal: string) => void): () => void;
}

/**
 * Where the gateway keeps everything. Each method is one transaction: when its promise resolves the change is on
 * disk, and when it rejects nothing changed. Events are written in the same transaction as what they tell.
 *
 * Every method rejects with `StoreUnavailableError` where the database cannot be reached.
 */
export interface Store extends SubscriptionStore, LinkStore, ChannelStore {
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

  insertContact(
    contact: ContactRecord,
    claim?: IdempotencyClaim,
  ): Promise<Accepted<ContactRecord> | AddressTaken>;
  findContact(id: string): Promise<ContactRecord | undefined>;
  findContactByConversation(conversationId: string): Promise<ContactRecord | undefined>;
  findContactByChatToken(chatToken: string): Promise<ContactRecord | undefined>;
  listContacts(filter: ContactFilter): Promise<StoredContact[]>;
  updateContact(id: string, update: ContactUpdate, now: number): Promise<ContactRecord | undefined>;
  /** Forgets the contact, its messages and its events but the one that tells of this. */
  deleteContact(id: string, now: number): Promise<boolean>;

  /** Takes a message for delivery, behind all that the contact has waiting, with what its channel is to be given. */
  acceptMessage(
    message: Omit<OutboundRecord, "conversationId">,
    claim?: IdempotencyClaim,
    rendering?: RenderingRecord,
  ): Promise<Accepted<OutboundRecord> | NotAccepted | TooLate>;
  /**
   * Keeps what the customer sent, and the bytes that it brings, for as long as the message. The same `clientMessageId` again
   * is `repeated`.
   */
  acceptInbound(
    message: Omit<InboundRecord, "conversationId">,
    media?: Uint8Array,
  ): Promise<Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted>;
  /** The bytes that a message from the customer brought. */
  readMedia(messageId: string): Promise<Uint8Array | undefined>;
  findMessage(contactId: string, messageId: string): Promise<StoredMessage | undefined>;
  /** A message of whichever contact. */
  locateMessage(messageId: string): Promise<StoredMessage | undefined>;
  listMessages(contactId: string, range: MessageRange): Promise<StoredMessage[]>;
  listAttempts(messageId: string): Promise<AttemptRecord[]>;
  /** Every status a message has had, in order. */
  listStatuses(message: Pick<OutboundRecord, "id" | "contactId">): Promise<StatusRecord[]>;
  /** Moves outbound messages on to `delivered` or `read`; never back, and never one that was not sent. */
  recordReceipts(
    contactId: string,
    messageIds: string[],
    status: "delivered" | "read",
    now: number,
  ): Promise<void>;

  /**
   * Claims lanes that are ready, those that have been ready longest first, and begins an attempt of each head that is
   * queued or waits to be tried again. Heads whose time has run out are expired on the way.
   */
  claim(request: ClaimRequest): Promise<Claims>;
  /** Takes a worker's report and lets the lane go on. `false`, and no change, where the claim holds no more. */
  settle(settlement: Settlement): Promise<boolean>;
  /**
   * Takes word that the channel has a message: an echo, a receipt, or a report that came after the claim had run out.
   * The lane goes on, whoever holds it. `false` where the message was finished before.
   */
  recordApplied(messageId: string, channelMessageId?: string): Promise<boolean>;
  /** Notes what a channel said of its quota, for all processes. */
  reportPace(channel: Channel, pace: Pace | undefined, report: PaceReport): Promise<void>;

  /** Outbound messages of any contact. */
  findMessages(filter: MessageFilter): Promise<StoredMessage[]>;
  /** Takes back a message that has not been sent. `false` where it is under way or finished. */
  cancelMessage(messageId: string): Promise<boolean>;
  /** Puts a dead letter behind what its contact has waiting. `false` where it is none. */
  retryMessage(messageId: string, expiresAt: number): Promise<boolean>;
  /** Removes a dead letter for good. `false` where it is none. */
  dropMessage(messageId: string): Promise<boolean>;
  /** Removes at most `limit` messages that were finished before an instant, with their events: those first that have been finished longest. */
  removeFinished(before: number, limit: number): Promise<number>;

  /** The place of the newest event; 0 where there is none. */
  lastEventId(): Promise<number>;
  /** Oldest first. */
  readEvents(afterId: number, limit: number, contactId?: string): Promise<EventRecord[]>;
  queryConversations(
    filter: ConversationFilter,
  ): Promise<{ total: number; conversations: ConversationSummary[] }>;

  /**
   * Counts one in the fixed window of a key, which the first of them begins. All processes that share the store count
   * together.
   */
  takeRate(key: string, allowed: number, windowMs: number): Promise<RateTaken>;

  /** Removes at most `limit` rows each of expired tokens, codes and idempotency keys. `true` where there may be more. */
  removeExpired(now: number, limit: number): Promise<boolean>;

  /** Calls back after each commit of this process; returns what stops that. */
  onChange(listener: (change: StoreChange) => void): () => void;
  /** Absent where no other process can share the store. */
  readonly signals?: Signals;
  /** Rejects where the database does not answer. */
  ping(): Promise<void>;
  /** Finishes what was begun and lets go of the database. */
  close(): Promise<void>;
}

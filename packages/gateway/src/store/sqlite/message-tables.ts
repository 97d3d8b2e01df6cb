import type { MessageStatus } from "@quickcard/client";
import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";
import type { Accepted, IdempotencyClaim, MessageRange, NotAccepted } from "../store.ts";
import type { Connection } from "./connection.ts";
import { findContact } from "./contact-tables.ts";
import { appendEvent } from "./event-table.ts";
import { findEarlierRequest, firstAnswer, keepClaim } from "./idempotency-table.ts";
import { enqueue } from "./lane-table.ts";
import { inboundFromRow, type MessageRow, messageFromRow, selectMessages } from "./message-row.ts";

type NewOutbound = Omit<OutboundRecord, "conversationId">;
type NewInbound = Omit<InboundRecord, "conversationId">;

export function acceptMessage(
  connection: Connection,
  message: NewOutbound,
  claim: IdempotencyClaim | undefined,
  now: number,
): Accepted<OutboundRecord> | NotAccepted {
  const earlier = claim && findEarlierRequest(connection, claim, message.createdAt);
  if (earlier && !earlier.sameBody) return { kind: "mismatch" };
  if (earlier) return { kind: "repeated", record: firstAnswer(connection, earlier) };
  const contact = findContact(connection, "id", message.contactId);
  if (!contact) return { kind: "no-contact" };
  if (contact.state === "closed") return { kind: "closed" };
  const record = { ...message, conversationId: contact.conversationId };
  const messageSeq = insertOutbound(connection, record);
  if (claim) keepClaim(connection, claim, { contactId: contact.id, subjectId: message.id });
  const { contactId, conversationId } = record;
  const event = { type: "message.status", contactId, conversationId, messageSeq, value: "queued" } as const;
  appendEvent(connection, event, now);
  enqueue(connection, record, now);
  return { kind: "created", record };
}

export function acceptInbound(
  connection: Connection,
  message: NewInbound,
  now: number,
): Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted {
  const contact = findContact(connection, "id", message.contactId);
  if (!contact) return { kind: "no-contact" };
  const earlier = message.clientMessageId
    ? findByClientMessage(connection, contact.id, message.clientMessageId)
    : undefined;
  if (earlier) return { kind: "repeated", record: earlier };
  if (contact.state === "closed") return { kind: "closed" };
  const record = { ...message, conversationId: contact.conversationId };
  const messageSeq = insertInbound(connection, record);
  connection.run(
    "UPDATE contacts SET last_inbound_at = ?, updated_at = ? WHERE id = ?",
    message.createdAt,
    message.createdAt,
    contact.id,
  );
  const { contactId, conversationId } = record;
  const event = {
    type: "message.inbound",
    contactId,
    conversationId,
    messageSeq,
    value: "received",
  } as const;
  appendEvent(connection, event, now);
  return { kind: "created", record };
}

function findByClientMessage(
  connection: Connection,
  contactId: string,
  clientMessageId: string,
): InboundRecord | undefined {
  const row = connection.get<MessageRow>(
    `${selectMessages} WHERE m.contact_id = ? AND m.client_message_id = ?`,
    contactId,
    clientMessageId,
  );
  return row && inboundFromRow(row);
}

/** The next place in the order of all messages is also the message's place in its lane. */
const nextPosition = "(SELECT 1 + ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'messages')";

function insertOutbound(connection: Connection, message: OutboundRecord): number {
  return connection.insert(
    `INSERT INTO messages
       (id, contact_id, direction, status, content, metadata, mode, send_at, expires_at, position, created_at)
     VALUES (?, ?, 'outbound', ?, ?, ?, ?, ?, ?, ${nextPosition}, ?)`,
    message.id,
    message.contactId,
    message.status,
    JSON.stringify(message.content),
    message.metadata ? JSON.stringify(message.metadata) : null,
    message.mode,
    message.sendAt ?? null,
    message.expiresAt,
    message.createdAt,
  );
}

function insertInbound(connection: Connection, message: InboundRecord): number {
  return connection.insert(
    `INSERT INTO messages (id, contact_id, direction, status, content, client_message_id, created_at, finished_at)
     VALUES (?1, ?2, 'inbound', ?3, ?4, ?5, ?6, ?6)`,
    message.id,
    message.contactId,
    message.status,
    JSON.stringify(message.content),
    message.clientMessageId ?? null,
    message.createdAt,
  );
}

/** What steers an outbound message. */
export interface OutboundRow {
  seq: number;
  contactId: string;
  status: MessageStatus;
}

export function findOutbound(connection: Connection, messageId: string): OutboundRow | undefined {
  return connection.get<OutboundRow>(
    "SELECT seq, contact_id AS contactId, status FROM messages WHERE id = ? AND direction = 'outbound'",
    messageId,
  );
}

export function findMessage(
  connection: Connection,
  contactId: string,
  messageId: string,
): StoredMessage | undefined {
  const row = connection.get<MessageRow>(
    `${selectMessages} WHERE m.id = ? AND m.contact_id = ?`,
    messageId,
    contactId,
  );
  return row && messageFromRow(row);
}

export function listMessages(
  connection: Connection,
  contactId: string,
  range: MessageRange,
): StoredMessage[] {
  const rows =
    range.order === "oldest-first"
      ? connection.all<MessageRow>(
          `${selectMessages} WHERE m.contact_id = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`,
          contactId,
          range.afterSeq ?? 0,
          range.limit,
        )
      : connection.all<MessageRow>(
          `${selectMessages} WHERE m.contact_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
          contactId,
          range.beforeSeq ?? Number.MAX_SAFE_INTEGER,
          range.limit,
        );
  return rows.map(messageFromRow);
}

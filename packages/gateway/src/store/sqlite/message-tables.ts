import type { MessageStatus } from "@quickcard/client";
import type { RenderingRecord } from "../channel-records.ts";
import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";
import type { Accepted, IdempotencyClaim, MessageRange, NotAccepted, TooLate } from "../store.ts";
import type { Connection } from "./connection.ts";
import { findStanding } from "./contact-tables.ts";
import { appendEvent } from "./event-table.ts";
import { findEarlierRequest, firstAnswer, keepClaim } from "./idempotency-table.ts";
import { enqueue } from "./lane-table.ts";
import { inboundFromRow, type MessageRow, messageFromRow, selectMessages } from "./message-row.ts";

type NewOutbound = Omit<OutboundRecord, "conversationId">;
type NewInbound = Omit<InboundRecord, "conversationId">;

export function acceptMessage(
  connection: Connection,
  message: NewOutbound,
  { claim, rendering }: { claim: IdempotencyClaim | undefined; rendering: RenderingRecord | undefined },
  now: number,
): Accepted<OutboundRecord> | NotAccepted | TooLate {
  const earlier = claim && findEarlierRequest(connection, claim, message.createdAt);
  if (earlier && !earlier.sameBody) return { kind: "mismatch" };
  if (earlier) return { kind: "repeated", record: firstAnswer(connection, earlier) };
  const contact = findStanding(connection, message.contactId);
  if (!contact) return { kind: "no-contact" };
  if (contact.state === "closed") return { kind: "closed" };
  if (message.expiresAt <= message.createdAt) return { kind: "too-late" };
  const record = { ...message, conversationId: contact.conversationId };
  const contactSeq = contact.seq;
  const messageSeq = insertOutbound(connection, record, contactSeq);
  if (rendering) {
    connection.run(
      "INSERT INTO renderings (message_seq, rendering, parts) VALUES (?, ?, ?)",
      messageSeq,
      JSON.stringify(rendering),
      rendering.parts.length,
    );
  }
  if (claim) keepClaim(connection, claim, { contactSeq, messageSeq });
  appendEvent(connection, { type: "message.status", contactSeq, messageSeq, value: "queued" }, now);
  enqueue(connection, contactSeq, record.sendAt, now);
  return { kind: "created", record };
}

export function acceptInbound(
  connection: Connection,
  message: NewInbound,
  media: Uint8Array | undefined,
  now: number,
): Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted {
  const contact = findStanding(connection, message.contactId);
  if (!contact) return { kind: "no-contact" };
  const contactSeq = contact.seq;
  const earlier = message.clientMessageId
    ? findByClientMessage(connection, contactSeq, message.clientMessageId)
    : undefined;
  if (earlier) return { kind: "repeated", record: earlier };
  if (contact.state === "closed") return { kind: "closed" };
  const record = { ...message, conversationId: contact.conversationId };
  const messageSeq = insertInbound(connection, record, contactSeq);
  if (media) {
    connection.run("INSERT INTO message_media (message_seq, bytes) VALUES (?, ?)", messageSeq, media);
  }
  connection.run(
    "UPDATE contacts SET last_inbound_at = ?, updated_at = ? WHERE seq = ?",
    message.createdAt,
    message.createdAt,
    contactSeq,
  );
  appendEvent(connection, { type: "message.inbound", contactSeq, messageSeq, value: "received" }, now);
  return { kind: "created", record };
}

function findByClientMessage(
  connection: Connection,
  contactSeq: number,
  clientMessageId: string,
): InboundRecord | undefined {
  const row = connection.get<MessageRow>(
    `${selectMessages} WHERE m.contact_seq = ? AND m.client_message_id = ?`,
    contactSeq,
    clientMessageId,
  );
  return row && inboundFromRow(row);
}

/** The next place in the order of all messages is also the message's place in its lane. */
const nextPosition = "(SELECT 1 + ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'messages')";

function insertOutbound(connection: Connection, message: OutboundRecord, contactSeq: number): number {
  return connection.insert(
    `INSERT INTO messages
       (id, contact_seq, direction, status, content, metadata, mode, send_at, expires_at, position, created_at)
     VALUES (?, ?, 'outbound', ?, ?, ?, ?, ?, ?, ${nextPosition}, ?)`,
    message.id,
    contactSeq,
    message.status,
    JSON.stringify(message.content),
    message.metadata ? JSON.stringify(message.metadata) : null,
    message.mode,
    message.sendAt ?? null,
    message.expiresAt,
    message.createdAt,
  );
}

function insertInbound(connection: Connection, message: InboundRecord, contactSeq: number): number {
  return connection.insert(
    `INSERT INTO messages (id, contact_seq, direction, status, content, client_message_id, created_at, finished_at)
     VALUES (?1, ?2, 'inbound', ?3, ?4, ?5, ?6, ?6)`,
    message.id,
    contactSeq,
    message.status,
    JSON.stringify(message.content),
    message.clientMessageId ?? null,
    message.createdAt,
  );
}

export function readMedia(connection: Connection, messageId: string): Uint8Array | undefined {
  const row = connection.get<{ bytes: Uint8Array }>(
    "SELECT b.bytes FROM message_media b JOIN messages m ON m.seq = b.message_seq WHERE m.id = ?",
    messageId,
  );
  return row?.bytes;
}

/** What steers an outbound message. */
export interface OutboundRow {
  seq: number;
  contactSeq: number;
  status: MessageStatus;
}

export function findOutbound(connection: Connection, messageId: string): OutboundRow | undefined {
  return connection.get<OutboundRow>(
    "SELECT seq, contact_seq AS contactSeq, status FROM messages WHERE id = ? AND direction = 'outbound'",
    messageId,
  );
}

export function findMessage(
  connection: Connection,
  contactId: string,
  messageId: string,
): StoredMessage | undefined {
  const row = connection.get<MessageRow>(
    `${selectMessages} WHERE m.id = ? AND c.id = ?`,
    messageId,
    contactId,
  );
  return row && messageFromRow(row);
}

export function locateMessage(connection: Connection, messageId: string): StoredMessage | undefined {
  const row = connection.get<MessageRow>(`${selectMessages} WHERE m.id = ?`, messageId);
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
          `${selectMessages} WHERE c.id = ? AND m.seq > ? ORDER BY m.seq LIMIT ?`,
          contactId,
          range.afterSeq ?? 0,
          range.limit,
        )
      : connection.all<MessageRow>(
          `${selectMessages} WHERE c.id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
          contactId,
          range.beforeSeq ?? Number.MAX_SAFE_INTEGER,
          range.limit,
        );
  return rows.map(messageFromRow);
}

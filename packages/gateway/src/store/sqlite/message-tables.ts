import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";
import type { Accepted, IdempotencyClaim, MessageRange, NotAccepted } from "../store.ts";
import type { Connection } from "./connection.ts";
import { findContact } from "./contact-tables.ts";
import { appendEvent } from "./event-table.ts";
import { findEarlierRequest, keepClaim } from "./idempotency-table.ts";
import { type MessageRow, messageFromRow, selectMessages } from "./message-row.ts";

type NewOutbound = Omit<OutboundRecord, "conversationId">;
type NewInbound = Omit<InboundRecord, "conversationId">;

export function acceptMessage(
  connection: Connection,
  message: NewOutbound,
  claim?: IdempotencyClaim,
): Accepted<OutboundRecord> | NotAccepted {
  const earlier = claim && findEarlierRequest(connection, claim, message.createdAt);
  if (earlier && !earlier.sameBody) return { kind: "mismatch" };
  if (earlier) return repeated(connection, message.contactId, earlier.subjectId);
  const contact = findContact(connection, "id", message.contactId);
  if (!contact) return { kind: "no-contact" };
  if (contact.state === "closed") return { kind: "closed" };
  const record = { ...message, conversationId: contact.conversationId };
  insertMessage(connection, record, { metadata: message.metadata });
  if (claim) keepClaim(connection, claim, { contactId: contact.id, subjectId: message.id });
  appendStatusEvent(connection, record, message.createdAt);
  connection.markChanged("messages");
  return { kind: "created", record };
}

/** The first answer again: of a message only the status moves, and that was `queued`. */
function repeated(
  connection: Connection,
  contactId: string,
  messageId: string,
): Accepted<OutboundRecord> | NotAccepted {
  const found = findMessage(connection, contactId, messageId);
  if (found?.direction !== "outbound") return { kind: "no-contact" };
  const { seq: _, reason: __, ...record } = found;
  return { kind: "repeated", record: { ...record, status: "queued" } };
}

export function acceptInbound(
  connection: Connection,
  message: NewInbound,
): Exclude<Accepted<InboundRecord>, { kind: "mismatch" }> | NotAccepted {
  const contact = findContact(connection, "id", message.contactId);
  if (!contact) return { kind: "no-contact" };
  const earlier = message.clientMessageId
    ? findByClientMessage(connection, contact.id, message.clientMessageId)
    : undefined;
  if (earlier) return { kind: "repeated", record: earlier };
  if (contact.state === "closed") return { kind: "closed" };
  const record = { ...message, conversationId: contact.conversationId };
  insertMessage(connection, record, { clientMessageId: message.clientMessageId });
  connection.run(
    "UPDATE contacts SET last_inbound_at = ?, updated_at = ? WHERE id = ?",
    message.createdAt,
    message.createdAt,
    contact.id,
  );
  const { contactId, conversationId, id: messageId } = record;
  const event = { type: "message.inbound", contactId, conversationId, messageId, value: "received" } as const;
  appendEvent(connection, event, message.createdAt);
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
  if (!row) return undefined;
  const { seq: _, ...message } = messageFromRow(row);
  return message as InboundRecord;
}

function insertMessage(
  connection: Connection,
  message: OutboundRecord | InboundRecord,
  extra: { metadata?: Record<string, string> | undefined; clientMessageId?: string | undefined },
): void {
  connection.run(
    `INSERT INTO messages
       (id, contact_id, direction, status, content, metadata, client_message_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    message.id,
    message.contactId,
    message.direction,
    message.status,
    JSON.stringify(message.content),
    extra.metadata ? JSON.stringify(extra.metadata) : null,
    extra.clientMessageId ?? null,
    message.createdAt,
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

/** Tells that an outbound message now has the status that it carries. */
export function appendStatusEvent(
  connection: Connection,
  message: Pick<OutboundRecord, "id" | "contactId" | "conversationId" | "status" | "reason">,
  now: number,
): void {
  const { contactId, conversationId, id: messageId, status: value, reason } = message;
  const event = { type: "message.status", contactId, conversationId, messageId, value } as const;
  appendEvent(connection, reason === undefined ? event : { ...event, reason }, now);
}

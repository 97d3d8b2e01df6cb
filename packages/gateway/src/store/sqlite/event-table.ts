import type { ContactState, MessageStatus } from "@quickcard/client";
import type { EventRecord } from "../records.ts";
import type { Connection } from "./connection.ts";
import { inboundFromRow, type MessageRow, outboundFromRow } from "./message-row.ts";

/** What an event tells, before it has its place in the log. */
export interface NewEvent {
  type: EventRecord["type"];
  contactId: string;
  conversationId: string;
  messageSeq?: number;
  /** A message's status, or the conversation's state. */
  value: MessageStatus | ContactState | "received" | "deleted";
  reason?: string;
}

export function appendEvent(connection: Connection, event: NewEvent, now: number): void {
  connection.run(
    `INSERT INTO events (type, contact_id, conversation_id, message_seq, value, reason, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    event.type,
    event.contactId,
    event.conversationId,
    event.messageSeq ?? null,
    event.value,
    event.reason ?? null,
    now,
  );
  connection.markChanged("events");
}

interface EventRow extends MessageRow {
  event_id: number;
  event_type: EventRecord["type"];
  event_contact_id: string;
  event_conversation_id: string;
  event_value: string;
  event_reason: string | null;
  event_created_at: number;
}

function eventFromRow(row: EventRow): EventRecord {
  const base = {
    id: row.event_id,
    contactId: row.event_contact_id,
    conversationId: row.event_conversation_id,
    createdAt: row.event_created_at,
  };
  if (row.event_type === "conversation.state") {
    return { ...base, type: row.event_type, state: row.event_value as ContactState | "deleted" };
  }
  const message = { ...row, conversation_id: row.event_conversation_id };
  if (row.event_type === "message.inbound") {
    return { ...base, type: row.event_type, message: inboundFromRow(message) };
  }
  return {
    ...base,
    type: row.event_type,
    status: row.event_value as MessageStatus,
    ...(row.event_reason === null ? {} : { reason: row.event_reason }),
    message: outboundFromRow(message),
  };
}

const selectEvents = `
  SELECT e.id AS event_id, e.type AS event_type, e.contact_id AS event_contact_id,
         e.conversation_id AS event_conversation_id, e.value AS event_value, e.reason AS event_reason,
         e.created_at AS event_created_at, m.*
  FROM events e LEFT JOIN messages m ON m.seq = e.message_seq`;

export function readEvents(
  connection: Connection,
  afterId: number,
  limit: number,
  contactId?: string,
): EventRecord[] {
  const rows = contactId
    ? connection.all<EventRow>(
        `${selectEvents} WHERE e.contact_id = ? AND e.id > ? ORDER BY e.id LIMIT ?`,
        contactId,
        afterId,
        limit,
      )
    : connection.all<EventRow>(`${selectEvents} WHERE e.id > ? ORDER BY e.id LIMIT ?`, afterId, limit);
  return rows.map(eventFromRow);
}

export function lastEventId(connection: Connection): number {
  return connection.get<{ id: number | null }>("SELECT max(id) AS id FROM events")?.id ?? 0;
}

import type { ContactState, MessageStatus } from "@quickcard/client";
import type { EventRecord } from "../records.ts";
import type { Connection } from "./connection.ts";
import { inboundFromRow, type MessageRow, messageColumns, outboundFromRow } from "./message-row.ts";

/** What an event tells, before it has its place in the log. */
export interface NewEvent {
  type: EventRecord["type"];
  contactSeq: number;
  messageSeq?: number;
  /** A message's status, or the conversation's state. */
  value: MessageStatus | ContactState | "received" | "deleted";
  /** Of the event that outlives its contact: whose it was. */
  deleted?: { contactId: string; conversationId: string };
}

export function appendEvent(connection: Connection, event: NewEvent, now: number): void {
  connection.run(
    `INSERT INTO events (type, contact_seq, message_seq, contact_id, conversation_id, value, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    event.type,
    event.contactSeq,
    event.messageSeq ?? null,
    event.deleted?.contactId ?? null,
    event.deleted?.conversationId ?? null,
    event.value,
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
  if (row.event_type === "message.inbound") {
    return { ...base, type: row.event_type, message: inboundFromRow(row) };
  }
  return {
    ...base,
    type: row.event_type,
    status: row.event_value as MessageStatus,
    ...(row.event_reason === null ? {} : { reason: row.event_reason }),
    message: outboundFromRow(row),
  };
}

const selectEvents = `
  SELECT e.id AS event_id, e.type AS event_type, e.value AS event_value, e.reason AS event_reason,
         e.created_at AS event_created_at, ifnull(c.id, e.contact_id) AS event_contact_id,
         ifnull(c.conversation_id, e.conversation_id) AS event_conversation_id, ${messageColumns}
  FROM events e LEFT JOIN contacts c ON c.seq = e.contact_seq LEFT JOIN messages m ON m.seq = e.message_seq`;

/** The place of a contact, also of one that is deleted. */
export function findContactSeq(connection: Connection, contactId: string): number | undefined {
  return connection.get<{ seq: number }>(
    `SELECT seq FROM contacts WHERE id = ?1
     UNION ALL SELECT contact_seq FROM events WHERE contact_id IS NOT NULL AND contact_id = ?1`,
    contactId,
  )?.seq;
}

export function readEvents(
  connection: Connection,
  afterId: number,
  limit: number,
  contactId?: string,
): EventRecord[] {
  const rows = contactId
    ? connection.all<EventRow>(
        `${selectEvents} WHERE e.id IN (
           SELECT id FROM event_blocks CROSS JOIN events USING (block)
           WHERE block >= ?2 >> 12 AND contact_seq = ?1 AND id > ?2 ORDER BY block, id LIMIT ?3)
         ORDER BY e.id`,
        findContactSeq(connection, contactId) ?? null,
        afterId,
        limit,
      )
    : connection.all<EventRow>(`${selectEvents} WHERE e.id > ? ORDER BY e.id LIMIT ?`, afterId, limit);
  return rows.map(eventFromRow);
}

export function lastEventId(connection: Connection): number {
  return connection.get<{ id: number | null }>("SELECT max(id) AS id FROM events")?.id ?? 0;
}

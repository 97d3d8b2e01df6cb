import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";

/** A row of `messages` with what is asked of its contact. */
export interface MessageRow {
  seq: number;
  id: string;
  contact_id: string;
  conversation_id: string;
  direction: "outbound" | "inbound";
  status: string;
  content: string;
  metadata: string | null;
  reason: string | null;
  client_message_id: string | null;
  created_at: number;
  mode: OutboundRecord["mode"];
  send_at: number | null;
  expires_at: number;
  channel_message_id: string | null;
}

export function messageFromRow(row: MessageRow): StoredMessage {
  const record = row.direction === "inbound" ? inboundFromRow(row) : outboundFromRow(row);
  return { ...record, seq: row.seq };
}

export function inboundFromRow(row: MessageRow): InboundRecord {
  return {
    ...baseFromRow(row),
    direction: "inbound",
    status: "received",
    content: JSON.parse(row.content) as InboundRecord["content"],
    ...(row.client_message_id === null ? {} : { clientMessageId: row.client_message_id }),
  };
}

export function outboundFromRow(row: MessageRow): OutboundRecord {
  return {
    ...baseFromRow(row),
    direction: "outbound",
    status: row.status as OutboundRecord["status"],
    content: JSON.parse(row.content) as OutboundRecord["content"],
    ...(row.metadata === null ? {} : { metadata: JSON.parse(row.metadata) as Record<string, string> }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    mode: row.mode,
    ...(row.send_at === null ? {} : { sendAt: row.send_at }),
    expiresAt: row.expires_at,
    ...(row.channel_message_id === null ? {} : { channelMessageId: row.channel_message_id }),
  };
}

function baseFromRow(row: MessageRow) {
  return {
    id: row.id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    createdAt: row.created_at,
  };
}

/** What a `MessageRow` is made of: a message `m` and its contact `c`. */
export const messageColumns = `
  m.seq, m.id, c.id AS contact_id, c.conversation_id, m.direction, m.status, m.content, m.metadata, m.reason,
  m.client_message_id, m.created_at, m.mode, m.send_at, m.expires_at, m.channel_message_id`;

/** Reads messages in the shape of `MessageRow`; a condition follows. */
export const selectMessages = `SELECT ${messageColumns} FROM messages m JOIN contacts c ON c.seq = m.contact_seq`;

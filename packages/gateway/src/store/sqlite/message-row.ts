import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";

/** A row of `messages` with its contact's conversation beside it. */
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
}

export function messageFromRow(row: MessageRow): StoredMessage {
  const base = {
    seq: row.seq,
    id: row.id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    createdAt: row.created_at,
  };
  if (row.direction === "inbound") {
    return {
      ...base,
      direction: "inbound",
      status: "received",
      content: JSON.parse(row.content) as InboundRecord["content"],
      ...(row.client_message_id === null ? {} : { clientMessageId: row.client_message_id }),
    };
  }
  return {
    ...base,
    direction: "outbound",
    status: row.status as OutboundRecord["status"],
    content: JSON.parse(row.content) as OutboundRecord["content"],
    ...(row.metadata === null ? {} : { metadata: JSON.parse(row.metadata) as Record<string, string> }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

/** Reads messages in the shape of `MessageRow`; a condition follows. */
export const selectMessages = `
  SELECT m.*, c.conversation_id FROM messages m JOIN contacts c ON c.id = m.contact_id`;

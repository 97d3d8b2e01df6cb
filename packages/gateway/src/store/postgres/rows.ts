import type { ContactState, MessageStatus } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type { ContactRecord, EventRecord, InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";

/** A row of `contacts`. */
export interface ContactRow {
  seq: number;
  id: string;
  conversation_id: string;
  state: ContactState;
  channel: Channel;
  address: string | null;
  display_name: string | null;
  attributes: string | null;
  chat_token: string;
  created_at: number;
  updated_at: number;
  last_inbound_at: number | null;
  closed_at: number | null;
}

export function contactFromRow(row: Omit<ContactRow, "seq">): ContactRecord {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    state: row.state,
    channel: row.channel,
    ...(row.address === null ? {} : { address: row.address }),
    ...(row.display_name === null ? {} : { displayName: row.display_name }),
    ...(row.attributes === null ? {} : { attributes: JSON.parse(row.attributes) as Record<string, string> }),
    chatToken: row.chat_token,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.last_inbound_at === null ? {} : { lastInboundAt: row.last_inbound_at }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
  };
}

/** What of an outbound message a row holds, and of its delivery. */
export interface OutboundRow {
  id: string;
  contact_id: string;
  conversation_id: string;
  content: string;
  metadata: string | null;
  created_at: number;
  status: MessageStatus;
  reason: string | null;
  mode: OutboundRecord["mode"];
  send_at: number | null;
  expires_at: number;
  channel_message_id: string | null;
}

export function outboundFromRow(row: OutboundRow): OutboundRecord {
  return {
    id: row.id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    direction: "outbound",
    status: row.status,
    content: JSON.parse(row.content) as OutboundRecord["content"],
    ...(row.metadata === null ? {} : { metadata: JSON.parse(row.metadata) as Record<string, string> }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    mode: row.mode,
    ...(row.send_at === null ? {} : { sendAt: row.send_at }),
    expiresAt: row.expires_at,
    ...(row.channel_message_id === null ? {} : { channelMessageId: row.channel_message_id }),
    createdAt: row.created_at,
  };
}

/** A row of the view `stored_messages`. */
export type MessageRow = { seq: number; client_message_id: string | null } & (
  | (OutboundRow & { direction: "outbound" })
  | (Pick<OutboundRow, "id" | "contact_id" | "conversation_id" | "content" | "created_at"> & {
      direction: "inbound";
    })
);

export function messageFromRow(row: MessageRow): StoredMessage {
  return { ...messageOf(row), seq: row.seq };
}

function messageOf(row: MessageRow): OutboundRecord | InboundRecord {
  if (row.direction === "outbound") return outboundFromRow(row);
  return {
    id: row.id,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    direction: "inbound",
    status: "received",
    content: JSON.parse(row.content) as InboundRecord["content"],
    ...(row.client_message_id === null ? {} : { clientMessageId: row.client_message_id }),
    createdAt: row.created_at,
  };
}

/** A row of the view `told_events`. */
export type EventRow = MessageRow & {
  event_id: number;
  event_type: EventRecord["type"];
  event_contact_id: string;
  event_conversation_id: string;
  event_value: string;
  event_reason: string | null;
  event_created_at: number;
};

export function eventFromRow(row: EventRow): EventRecord {
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
    return { ...base, type: row.event_type, message: messageOf(row) as InboundRecord };
  }
  return {
    ...base,
    type: row.event_type,
    status: row.event_value as MessageStatus,
    ...(row.event_reason === null ? {} : { reason: row.event_reason }),
    message: messageOf(row) as OutboundRecord,
  };
}

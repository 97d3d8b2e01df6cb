import type { ContactState } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type { ContactRecord } from "../records.ts";

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

export function contactFromRow(row: ContactRow): ContactRecord {
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

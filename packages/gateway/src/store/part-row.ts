import type { PartRecord } from "./channel-records.ts";

/** A part as both databases keep it. */
export interface PartRow {
  number: number;
  attempt: number;
  channel_message_id: string | null;
  status: PartRecord["status"];
  reason: string | null;
  sent_at: number;
  /** SQLite has numbers for truth. */
  is_noted: boolean | number;
}

export function partFromRow(row: PartRow): PartRecord {
  return {
    number: row.number,
    attempt: row.attempt,
    ...(row.channel_message_id === null ? {} : { channelMessageId: row.channel_message_id }),
    status: row.status,
    ...(row.reason === null ? {} : { reason: row.reason }),
    sentAt: row.sent_at,
    noted: Boolean(row.is_noted),
  };
}

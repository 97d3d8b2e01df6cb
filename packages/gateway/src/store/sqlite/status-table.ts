import type { MessageStatus } from "@quickcard/client";
import { finished } from "../../delivery/message-state.ts";
import type { StatusRecord } from "../records.ts";
import type { Connection } from "./connection.ts";

/** A message's new status. */
export interface StatusChange {
  seq: number;
  status: MessageStatus;
  reason?: string | undefined;
  channelMessageId?: string | undefined;
}

/** Gives messages their new statuses and tells of each, in the order of the list. */
export function setStatuses(connection: Connection, changes: StatusChange[], now: number): void {
  if (changes.length === 0) return;
  const list = JSON.stringify(
    changes.map(({ seq, status, reason, channelMessageId }) => [
      seq,
      status,
      reason ?? null,
      channelMessageId ?? null,
      finished.includes(status) ? 1 : 0,
    ]),
  );
  connection.run(
    `UPDATE messages SET
       status = value ->> 1,
       reason = value ->> 2,
       channel_message_id = ifnull(value ->> 3, channel_message_id),
       finished_at = CASE WHEN value ->> 4 THEN ifnull(finished_at, ?2) ELSE finished_at END
     FROM json_each(?1) WHERE seq = value ->> 0`,
    list,
    now,
  );
  connection.run(
    `INSERT INTO events (type, contact_seq, message_seq, value, reason, created_at)
     SELECT 'message.status', contact_seq, seq, value ->> 1, value ->> 2, ?2
     FROM json_each(?1) CROSS JOIN messages ON seq = value ->> 0`,
    list,
    now,
  );
  connection.markChanged("events");
}

interface StatusRow {
  value: MessageStatus;
  reason: string | null;
  created_at: number;
}

export function listStatuses(connection: Connection, messageId: string): StatusRecord[] {
  const rows = connection.all<StatusRow>(
    `SELECT e.value, e.reason, e.created_at FROM messages m JOIN events e ON e.message_seq = m.seq
     WHERE m.id = ? AND e.type = 'message.status' ORDER BY e.id`,
    messageId,
  );
  return rows.map((row) => ({
    status: row.value,
    at: row.created_at,
    ...(row.reason === null ? {} : { reason: row.reason }),
  }));
}

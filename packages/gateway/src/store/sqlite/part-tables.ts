import type { Channel } from "@quickcard/content";
import type { PartPlace, PartRecord, RenderingRecord } from "../channel-records.ts";
import { mergePart, statusesToward, statusOfParts } from "../part-progress.ts";
import { type PartRow, partFromRow } from "../part-row.ts";
import type { Connection } from "./connection.ts";
import { arrive } from "./delivery-reports.ts";
import { findOutbound, type OutboundRow } from "./message-tables.ts";
import { setStatuses } from "./status-table.ts";

export function findRenderings(
  connection: Connection,
  messageIds: readonly string[],
): Map<string, RenderingRecord> {
  const rows = connection.all<{ id: string; rendering: string }>(
    `SELECT m.id, r.rendering FROM json_each(?) CROSS JOIN messages m ON m.id = value
     JOIN renderings r ON r.message_seq = m.seq`,
    JSON.stringify(messageIds),
  );
  return new Map(rows.map(({ id, rendering }) => [id, JSON.parse(rendering) as RenderingRecord]));
}

export function listParts(connection: Connection, messageId: string): PartRecord[] {
  const rows = connection.all<PartRow>(
    `SELECT p.* FROM messages m JOIN message_parts p ON p.message_seq = m.seq WHERE m.id = ? ORDER BY p.number`,
    messageId,
  );
  return rows.map(partFromRow);
}

export function recordPart(connection: Connection, messageId: string, part: PartRecord): PartRecord[] {
  const message = findOutbound(connection, messageId);
  if (message) takePart(connection, message, part);
  return listParts(connection, messageId);
}

export function reportPart(
  connection: Connection,
  messageId: string,
  part: PartRecord,
  now: number,
): boolean {
  const message = findOutbound(connection, messageId);
  if (!message || !takePart(connection, message, part)) return false;
  const parts = listParts(connection, messageId);
  const told = statusOfParts(parts, totalOf(connection, message.seq));
  if (told) moveOn(connection, message, { told, parts }, now);
  return true;
}

function totalOf(connection: Connection, messageSeq: number): number {
  const row = connection.get<{ parts: number }>(
    "SELECT parts FROM renderings WHERE message_seq = ?",
    messageSeq,
  );
  return row?.parts ?? 1;
}

/** `false` where the word changes nothing. */
function takePart(connection: Connection, { seq }: OutboundRow, word: PartRecord): boolean {
  const row = connection.get<PartRow>(
    "SELECT * FROM message_parts WHERE message_seq = ? AND number = ?",
    seq,
    word.number,
  );
  const merged = mergePart(row && partFromRow(row), word);
  if (!merged) return false;
  connection.run(
    `INSERT OR REPLACE INTO message_parts
       (message_seq, number, attempt, channel, channel_message_id, status, reason, sent_at, is_noted)
     SELECT m.seq, ?2, ?3, c.channel, ?4, ?5, ?6, ?7, ?8
     FROM messages m JOIN contacts c ON c.seq = m.contact_seq WHERE m.seq = ?1`,
    seq,
    merged.number,
    merged.attempt,
    merged.channelMessageId ?? null,
    merged.status,
    merged.reason ?? null,
    merged.sentAt,
    merged.noted ? 1 : 0,
  );
  return true;
}

function moveOn(
  connection: Connection,
  message: OutboundRow,
  { told, parts }: { told: PartRecord["status"]; parts: PartRecord[] },
  now: number,
): void {
  const channelMessageId = parts.at(-1)?.channelMessageId;
  const reason = parts.find(({ status }) => status === "failed")?.reason;
  for (const status of statusesToward(message.status, told)) {
    if (status === "failed") setStatuses(connection, [{ seq: message.seq, status, reason }], now);
    else arrive(connection, [message], { status, channelMessageId }, now);
  }
}

export function findPart(
  connection: Connection,
  channel: Channel,
  channelMessageId: string,
): PartPlace | undefined {
  const row = connection.get<PartPlace>(
    `SELECT m.id AS messageId, c.id AS contactId, p.number, p.attempt
     FROM message_parts p JOIN messages m ON m.seq = p.message_seq JOIN contacts c ON c.seq = m.contact_seq
     WHERE p.channel = ? AND p.channel_message_id = ?`,
    channel,
    channelMessageId,
  );
  if (!row) return undefined;
  const { messageId, contactId, number, attempt } = row;
  return { messageId, contactId, number, attempt };
}

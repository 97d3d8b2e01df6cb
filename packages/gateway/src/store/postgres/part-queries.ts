import type { Channel } from "@quickcard/content";
import type { PartPlace, PartRecord, RenderingRecord } from "../channel-records.ts";
import { type PartRow, partFromRow } from "../part-row.ts";
import type { Database } from "./database.ts";
import { storableText } from "./storable-text.ts";

/** A part as the database's functions take it. */
export function partToJson({ channelMessageId, reason, sentAt, noted, ...rest }: PartRecord): string {
  return JSON.stringify({
    ...rest,
    channel_message_id: channelMessageId === undefined ? null : storableText(channelMessageId),
    reason: reason === undefined ? null : storableText(reason),
    sent_at: sentAt,
    is_noted: noted,
  });
}

export async function findRenderings(
  database: Database,
  messageIds: readonly string[],
): Promise<Map<string, RenderingRecord>> {
  const rows = await database.query<{ id: string; rendering: string }>(
    `SELECT m.id, r.rendering FROM quickcard.messages m JOIN quickcard.renderings r ON r.message_seq = m.seq
     WHERE m.id = ANY ($1)`,
    messageIds,
  );
  return new Map(rows.map(({ id, rendering }) => [id, JSON.parse(rendering) as RenderingRecord]));
}

export async function listParts(database: Database, messageId: string): Promise<PartRecord[]> {
  const rows = await database.query<PartRow>(
    `SELECT p.* FROM quickcard.messages m JOIN quickcard.message_parts p ON p.message_seq = m.seq
     WHERE m.id = $1 ORDER BY p.number`,
    messageId,
  );
  return rows.map(partFromRow);
}

export async function recordPart(
  database: Database,
  messageId: string,
  part: PartRecord,
): Promise<PartRecord[]> {
  const rows = await database.query<PartRow>(
    "SELECT * FROM quickcard.record_part($1, $2)",
    messageId,
    partToJson(part),
  );
  return rows.map(partFromRow);
}

export async function findPart(
  database: Database,
  channel: Channel,
  channelMessageId: string,
): Promise<PartPlace | undefined> {
  const [row] = await database.query<{
    message_id: string;
    contact_id: string;
    number: number;
    attempt: number;
  }>(
    `SELECT m.id AS message_id, m.contact_id, p.number, p.attempt
     FROM quickcard.message_parts p JOIN quickcard.messages m ON m.seq = p.message_seq
     WHERE p.channel = $1 AND p.channel_message_id = $2`,
    channel,
    channelMessageId,
  );
  return (
    row && {
      messageId: row.message_id,
      contactId: row.contact_id,
      number: row.number,
      attempt: row.attempt,
    }
  );
}

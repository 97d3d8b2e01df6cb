import type { MessageStatus } from "@quickcard/client";
import { deadLetters } from "../../delivery/message-state.ts";
import type { AttemptRecord, EventRecord, OutboundRecord, StatusRecord, StoredMessage } from "../records.ts";
import type { MessageFilter, MessageRange } from "../store.ts";
import type { Database } from "./database.ts";
import { type EventRow, eventFromRow, type MessageRow, messageFromRow } from "./rows.ts";

export async function findMessage(
  database: Database,
  contactId: string,
  messageId: string,
): Promise<StoredMessage | undefined> {
  const [row] = await database.query<MessageRow>(
    "SELECT * FROM quickcard.stored_messages WHERE id = $1 AND contact_id = $2",
    messageId,
    contactId,
  );
  return row && messageFromRow(row);
}

export async function locateMessage(
  database: Database,
  messageId: string,
): Promise<StoredMessage | undefined> {
  const [row] = await database.query<MessageRow>(
    "SELECT * FROM quickcard.stored_messages WHERE id = $1",
    messageId,
  );
  return row && messageFromRow(row);
}

export async function readMedia(database: Database, messageId: string): Promise<Uint8Array | undefined> {
  const [row] = await database.query<{ bytes: Uint8Array }>(
    `SELECT b.bytes FROM quickcard.message_media b JOIN quickcard.messages m ON m.seq = b.message_seq
     WHERE m.id = $1`,
    messageId,
  );
  return row?.bytes;
}

export async function listMessages(
  database: Database,
  contactId: string,
  range: MessageRange,
): Promise<StoredMessage[]> {
  const [sign, direction, place] =
    range.order === "oldest-first"
      ? [">", "ASC", range.afterSeq ?? 0]
      : ["<", "DESC", range.beforeSeq ?? Number.MAX_SAFE_INTEGER];
  const rows = await database.query<MessageRow>(
    `SELECT * FROM quickcard.stored_messages WHERE contact_id = $1 AND seq ${sign} $2
     ORDER BY contact_id ${direction}, seq ${direction} LIMIT $3`,
    contactId,
    place,
    range.limit,
  );
  return rows.map(messageFromRow);
}

export async function findMessages(database: Database, filter: MessageFilter): Promise<StoredMessage[]> {
  const direction = filter.order === "oldest-first" ? "ASC" : "DESC";
  const rows = await database.query<MessageRow>(
    `SELECT * FROM quickcard.stored_messages
     WHERE direction = 'outbound' AND status = ANY ($1) AND ($2::text IS NULL OR contact_id = $2)
       AND ($3::text IS NULL OR channel = $3) AND created_at < $4 AND seq < $5
       ${areDeadLetters(filter.statuses) ? deadLetterCondition : ""}
     ORDER BY seq ${direction} LIMIT $6`,
    filter.statuses,
    filter.contactId ?? null,
    filter.channel ?? null,
    filter.createdBefore ?? Number.MAX_SAFE_INTEGER,
    filter.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    filter.limit,
  );
  return rows.map(messageFromRow);
}

/** Dead letters have an index of their own, and its condition must be in the statement. */
const deadLetterCondition = "AND status IN ('failed', 'unknown', 'expired')";

function areDeadLetters(statuses: readonly MessageStatus[]): boolean {
  return statuses.every((status) => deadLetters.includes(status));
}

interface AttemptRow {
  number: number;
  started_at: number;
  ended_at: number | null;
  outcome: NonNullable<AttemptRecord["outcome"]> | null;
  reason: string | null;
  next_at: number | null;
}

export async function listAttempts(database: Database, messageId: string): Promise<AttemptRecord[]> {
  const rows = await database.query<AttemptRow>(
    `SELECT a.* FROM quickcard.attempts a JOIN quickcard.messages m ON m.seq = a.message_seq
     WHERE m.id = $1 ORDER BY a.number`,
    messageId,
  );
  return rows.map((row) => ({
    number: row.number,
    startedAt: row.started_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.next_at === null ? {} : { nextAt: row.next_at }),
  }));
}

export async function listStatuses(
  database: Database,
  message: Pick<OutboundRecord, "id" | "contactId">,
): Promise<StatusRecord[]> {
  const rows = await database.query<{ value: MessageStatus; reason: string | null; created_at: number }>(
    `SELECT e.value, e.reason, e.created_at FROM quickcard.events e
       JOIN quickcard.messages m ON m.seq = e.message_seq
     WHERE m.id = $1 AND m.contact_id = $2 AND e.type = 'message.status' ORDER BY e.id`,
    message.id,
    message.contactId,
  );
  return rows.map(({ value, reason, created_at }) => ({
    status: value,
    at: created_at,
    ...(reason === null ? {} : { reason }),
  }));
}

export async function lastEventId(database: Database): Promise<number> {
  const [row] = await database.query<{ id: number }>("SELECT quickcard.last_settled_event() AS id");
  return row?.id ?? 0;
}

export async function readEvents(
  database: Database,
  afterId: number,
  limit: number,
  contactId?: string,
): Promise<EventRecord[]> {
  const rows = await database.query<EventRow>(
    "SELECT * FROM quickcard.next_events($1, $2, $3)",
    afterId,
    limit,
    contactId ?? null,
  );
  return rows.map(eventFromRow);
}

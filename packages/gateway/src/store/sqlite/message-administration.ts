import { deadLetters } from "../../delivery/message-state.ts";
import type { StoredMessage } from "../records.ts";
import type { MessageFilter } from "../store.ts";
import type { Connection } from "./connection.ts";
import { keepFirstAnswers } from "./idempotency-table.ts";
import { enqueue, leaveLane } from "./lane-table.ts";
import { type MessageRow, messageColumns, messageFromRow } from "./message-row.ts";
import { findOutbound, type OutboundRow } from "./message-tables.ts";
import { setStatuses } from "./status-table.ts";

const orders = { "newest-first": "DESC", "oldest-first": "ASC" } as const;

const ofContact = "m.contact_seq = (SELECT seq FROM contacts WHERE id = ?6)";

/** One status at a time, so that an index has them in order however many there are of each. */
function filteredSql(
  order: keyof typeof orders,
  index: "messages_by_status" | "messages_by_contact",
): string {
  return `
    SELECT ${messageColumns} FROM messages m INDEXED BY ${index} JOIN contacts c ON c.seq = m.contact_seq
    WHERE m.direction = 'outbound' AND m.status = ?1 AND m.seq < ?2 AND m.created_at < ?3
      AND (?4 IS NULL OR c.channel = ?4) AND ${index === "messages_by_contact" ? ofContact : "?6 IS NULL"}
    ORDER BY m.seq ${orders[order]} LIMIT ?5`;
}

export function findMessages(connection: Connection, filter: MessageFilter): StoredMessage[] {
  const { statuses, contactId, channel, createdBefore, beforeSeq, order = "newest-first", limit } = filter;
  const sql = filteredSql(order, contactId === undefined ? "messages_by_status" : "messages_by_contact");
  const found = statuses.flatMap((status) =>
    connection.all<MessageRow>(
      sql,
      status,
      beforeSeq ?? Number.MAX_SAFE_INTEGER,
      createdBefore ?? Number.MAX_SAFE_INTEGER,
      channel ?? null,
      limit,
      contactId ?? null,
    ),
  );
  const direction = order === "oldest-first" ? 1 : -1;
  return found
    .sort((one, other) => direction * (one.seq - other.seq))
    .slice(0, limit)
    .map(messageFromRow);
}

export function cancelMessage(connection: Connection, messageId: string, now: number): boolean {
  const message = findOutbound(connection, messageId);
  if (message?.status !== "queued" && message?.status !== "retry_wait") return false;
  setStatuses(connection, [{ seq: message.seq, status: "cancelled" }], now);
  leaveLane(connection, message, now);
  return true;
}

export function retryMessage(
  connection: Connection,
  messageId: string,
  expiresAt: number,
  now: number,
): boolean {
  const message = findDeadLetter(connection, messageId);
  if (!message) return false;
  keepFirstAnswers(connection, [message.seq]);
  connection.run(
    `UPDATE messages SET send_at = NULL, finished_at = NULL, expires_at = ?,
       position = (SELECT seq FROM sqlite_sequence WHERE name = 'messages') + 0.5
     WHERE seq = ?`,
    expiresAt,
    message.seq,
  );
  connection.run("DELETE FROM message_parts WHERE message_seq = ? AND status = 'failed'", message.seq);
  setStatuses(connection, [{ seq: message.seq, status: "queued" }], now);
  enqueue(connection, message.contactSeq, undefined, now);
  return true;
}

export function dropMessage(connection: Connection, messageId: string): boolean {
  const message = findDeadLetter(connection, messageId);
  if (message) removeMessages(connection, [message.seq]);
  return message !== undefined;
}

function findDeadLetter(connection: Connection, messageId: string): OutboundRow | undefined {
  const message = findOutbound(connection, messageId);
  return message && deadLetters.includes(message.status) ? message : undefined;
}

export function removeFinished(connection: Connection, before: number, limit: number): number {
  const rows = connection.all<{ seq: number }>(
    "SELECT seq FROM messages WHERE finished_at < ? ORDER BY finished_at, seq LIMIT ?",
    before,
    limit,
  );
  removeMessages(
    connection,
    rows.map(({ seq }) => seq),
  );
  return rows.length;
}

function removeMessages(connection: Connection, seqs: number[]): void {
  if (seqs.length === 0) return;
  keepFirstAnswers(connection, seqs);
  connection.run("DELETE FROM messages WHERE seq IN (SELECT value FROM json_each(?))", JSON.stringify(seqs));
}

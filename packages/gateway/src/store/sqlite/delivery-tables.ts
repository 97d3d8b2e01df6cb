import type { AttemptRecord, OutboundRecord } from "../records.ts";
import type { ClaimedMessage, DeliveryOutcome } from "../store.ts";
import type { Connection } from "./connection.ts";
import { findContact } from "./contact-tables.ts";
import { type MessageRow, messageFromRow, selectMessages } from "./message-row.ts";
import { appendStatusEvent } from "./message-tables.ts";

/** The oldest unfinished message of each contact, where it is not in flight. */
const selectHeads = `
  ${selectMessages}
  JOIN (SELECT contact_id, min(seq) AS head FROM messages WHERE status IN ('queued', 'sending') GROUP BY contact_id) h
    ON h.head = m.seq
  WHERE m.status = 'queued' ORDER BY m.seq LIMIT ?`;

export function claimMessages(connection: Connection, limit: number, now: number): ClaimedMessage[] {
  const claimed: ClaimedMessage[] = [];
  for (const row of connection.all<MessageRow>(selectHeads, limit)) {
    const contact = findContact(connection, "id", row.contact_id);
    if (!contact) continue;
    const { seq: _, ...message } = messageFromRow({ ...row, status: "sending" });
    const attempt = startAttempt(connection, row.id, now);
    setStatus(connection, message as OutboundRecord, now);
    claimed.push({ message: message as OutboundRecord, contact, attempt });
  }
  return claimed;
}

function startAttempt(connection: Connection, messageId: string, now: number): number {
  const row = connection.get<{ number: number }>(
    `INSERT INTO attempts (message_id, number, started_at)
     VALUES (?, (SELECT count(*) + 1 FROM attempts WHERE message_id = ?), ?) RETURNING number`,
    messageId,
    messageId,
    now,
  );
  return row?.number ?? 1;
}

export function finishAttempt(
  connection: Connection,
  messageId: string,
  attempt: number,
  outcome: DeliveryOutcome,
  now: number,
): void {
  const reason = outcome.kind === "failed" ? outcome.reason : undefined;
  connection.run(
    "UPDATE attempts SET ended_at = ?, outcome = ?, reason = ? WHERE message_id = ? AND number = ?",
    now,
    outcome.kind,
    reason ?? null,
    messageId,
    attempt,
  );
  const row = connection.get<MessageRow>(`${selectMessages} WHERE m.id = ?`, messageId);
  // The contact may have been deleted, or a receipt may have told of the message before our own answer came.
  if (row?.status !== "sending") return;
  const { seq: _, ...message } = messageFromRow({ ...row, status: outcome.kind, reason: reason ?? null });
  setStatus(connection, message as OutboundRecord, now);
  connection.markChanged("messages");
}

/** Queues again what a process that died had in flight. */
export function releaseClaims(connection: Connection, now: number): void {
  const rows = connection.all<MessageRow>(`${selectMessages} WHERE m.status = 'sending'`);
  for (const row of rows) {
    const { seq: _, ...message } = messageFromRow({ ...row, status: "queued" });
    setStatus(connection, message as OutboundRecord, now);
  }
  if (rows.length > 0) connection.markChanged("messages");
}

/** What a receipt may move on from: a status never goes back. */
const before = {
  delivered: ["sending", "sent"],
  read: ["sending", "sent", "delivered"],
} as const;

export function recordReceipts(
  connection: Connection,
  contactId: string,
  messageIds: string[],
  status: "delivered" | "read",
  now: number,
): void {
  const rows = connection.all<MessageRow>(
    `${selectMessages} WHERE m.contact_id = ? AND m.direction = 'outbound'
       AND m.id IN (SELECT value FROM json_each(?)) AND m.status IN (SELECT value FROM json_each(?))
     ORDER BY m.seq`,
    contactId,
    JSON.stringify(messageIds),
    JSON.stringify(before[status]),
  );
  for (const row of rows) {
    const { seq: _, ...message } = messageFromRow({ ...row, status });
    setStatus(connection, message as OutboundRecord, now);
  }
}

function setStatus(connection: Connection, message: OutboundRecord, now: number): void {
  connection.run(
    "UPDATE messages SET status = ?, reason = ? WHERE id = ?",
    message.status,
    message.reason ?? null,
    message.id,
  );
  appendStatusEvent(connection, message, now);
}

interface AttemptRow {
  number: number;
  started_at: number;
  ended_at: number | null;
  outcome: "sent" | "failed" | null;
  reason: string | null;
}

export function listAttempts(connection: Connection, messageId: string): AttemptRecord[] {
  const rows = connection.all<AttemptRow>(
    "SELECT * FROM attempts WHERE message_id = ? ORDER BY number",
    messageId,
  );
  return rows.map((row) => ({
    number: row.number,
    startedAt: row.started_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }));
}

import type { OutcomeKind } from "../../delivery/send-outcome.ts";
import type { AttemptRecord } from "../records.ts";
import type { Connection } from "./connection.ts";

/** Begins an attempt of each of these messages. */
export function beginAttempts(connection: Connection, messageSeqs: number[], now: number): void {
  connection.run(
    `INSERT INTO attempts (message_seq, number, started_at)
     SELECT value, 1 + (SELECT count(*) FROM attempts WHERE message_seq = value), ?2 FROM json_each(?1)`,
    JSON.stringify(messageSeqs),
    now,
  );
}

/** How a message's last attempt ended. */
export interface AttemptEnd {
  messageSeq: number;
  outcome: OutcomeKind;
  reason?: string | undefined;
  nextAt?: number | undefined;
}

/** Ends the last attempts of messages, where they have not ended. */
export function endAttempts(connection: Connection, ends: AttemptEnd[], now: number): void {
  if (ends.length === 0) return;
  const rows = ends.map(({ messageSeq, outcome, reason, nextAt }) => [
    messageSeq,
    outcome,
    reason ?? null,
    nextAt ?? null,
  ]);
  connection.run(
    `UPDATE attempts SET ended_at = ?2, outcome = value ->> 1, reason = value ->> 2, next_at = value ->> 3
     FROM json_each(?1) WHERE message_seq = value ->> 0 AND ended_at IS NULL`,
    JSON.stringify(rows),
    now,
  );
}

interface AttemptRow {
  number: number;
  started_at: number;
  ended_at: number | null;
  outcome: OutcomeKind | null;
  reason: string | null;
  next_at: number | null;
}

export function listAttempts(connection: Connection, messageId: string): AttemptRecord[] {
  const rows = connection.all<AttemptRow>(
    `SELECT a.* FROM messages m JOIN attempts a ON a.message_seq = m.seq WHERE m.id = ? ORDER BY a.number`,
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

import type { OutboundRecord } from "../records.ts";
import type { IdempotencyClaim } from "../store.ts";
import type { Connection } from "./connection.ts";
import { type MessageRow, messageColumns, outboundFromRow, selectMessages } from "./message-row.ts";

/** What an earlier request with the same key made. */
export interface EarlierRequest {
  sameBody: boolean;
  messageSeq: number | null;
  /** The record as it was made, where it is kept here. */
  record: string | null;
}

interface KeyRow {
  fingerprint: string;
  message_seq: number | null;
  record: string | null;
}

export function findEarlierRequest(
  connection: Connection,
  claim: IdempotencyClaim,
  now: number,
): EarlierRequest | undefined {
  const row = connection.get<KeyRow>(
    `SELECT fingerprint, message_seq, record FROM idempotency_keys
     WHERE client_id = ? AND route = ? AND key = ? AND expires_at > ?`,
    claim.clientId,
    claim.route,
    claim.key,
    now,
  );
  if (!row) return undefined;
  return { sameBody: row.fingerprint === claim.fingerprint, messageSeq: row.message_seq, record: row.record };
}

export function keepClaim(
  connection: Connection,
  claim: IdempotencyClaim,
  made: { contactSeq: number; messageSeq?: number; record?: string },
): void {
  connection.run(
    `INSERT OR REPLACE INTO idempotency_keys
       (client_id, route, key, fingerprint, contact_seq, message_seq, record, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    claim.clientId,
    claim.route,
    claim.key,
    claim.fingerprint,
    made.contactSeq,
    made.messageSeq ?? null,
    made.record ?? null,
    claim.expiresAt,
  );
}

/** A message as it was when it was accepted. */
export function firstAnswer(connection: Connection, { messageSeq, record }: EarlierRequest): OutboundRecord {
  if (record !== null) return JSON.parse(record) as OutboundRecord;
  const row = connection.get<MessageRow>(`${selectMessages} WHERE m.seq = ?`, messageSeq);
  if (!row) throw new Error("an idempotency key outlived its message");
  return asAccepted(row);
}

/** Delivery moves only these; what changes more is preceded by `keepFirstAnswers`. */
function asAccepted(row: MessageRow): OutboundRecord {
  return outboundFromRow({ ...row, status: "queued", reason: null, channel_message_id: null });
}

/** Keeps with their keys the answers to the sending of messages that are about to be changed or removed. */
export function keepFirstAnswers(connection: Connection, messageSeqs: number[]): void {
  const rows = connection.all<MessageRow & { contact_seq: number }>(
    `SELECT ${messageColumns}, m.contact_seq FROM messages m JOIN contacts c ON c.seq = m.contact_seq
     WHERE m.direction = 'outbound' AND m.seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(messageSeqs),
  );
  for (const row of rows) {
    connection.run(
      "UPDATE idempotency_keys SET record = ? WHERE contact_seq = ? AND message_seq = ? AND record IS NULL",
      JSON.stringify(asAccepted(row)),
      row.contact_seq,
      row.seq,
    );
  }
}

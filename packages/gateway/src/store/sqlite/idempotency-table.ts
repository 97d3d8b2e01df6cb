import type { OutboundRecord } from "../records.ts";
import type { IdempotencyClaim } from "../store.ts";
import type { Connection } from "./connection.ts";
import { type MessageRow, outboundFromRow, selectMessages } from "./message-row.ts";

/** What an earlier request with the same key made. */
export interface EarlierRequest {
  sameBody: boolean;
  subjectId: string;
  /** The record as it was made, where it is kept here. */
  record: string | null;
}

interface KeyRow {
  fingerprint: string;
  subject_id: string;
  record: string | null;
}

export function findEarlierRequest(
  connection: Connection,
  claim: IdempotencyClaim,
  now: number,
): EarlierRequest | undefined {
  const row = connection.get<KeyRow>(
    `SELECT fingerprint, subject_id, record FROM idempotency_keys
     WHERE client_id = ? AND route = ? AND key = ? AND expires_at > ?`,
    claim.clientId,
    claim.route,
    claim.key,
    now,
  );
  if (!row) return undefined;
  return { sameBody: row.fingerprint === claim.fingerprint, subjectId: row.subject_id, record: row.record };
}

export function keepClaim(
  connection: Connection,
  claim: IdempotencyClaim,
  made: { contactId: string; subjectId: string; record?: string },
): void {
  connection.run(
    `INSERT OR REPLACE INTO idempotency_keys
       (client_id, route, key, fingerprint, contact_id, subject_id, record, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    claim.clientId,
    claim.route,
    claim.key,
    claim.fingerprint,
    made.contactId,
    made.subjectId,
    made.record ?? null,
    claim.expiresAt,
  );
}

/** A message as it was when it was accepted. */
export function firstAnswer(connection: Connection, { subjectId, record }: EarlierRequest): OutboundRecord {
  if (record !== null) return JSON.parse(record) as OutboundRecord;
  const row = connection.get<MessageRow>(`${selectMessages} WHERE m.id = ?`, subjectId);
  if (!row) throw new Error("an idempotency key outlived its message");
  return asAccepted(row);
}

/** Delivery moves only these; what changes more is preceded by `keepFirstAnswers`. */
function asAccepted(row: MessageRow): OutboundRecord {
  return outboundFromRow({ ...row, status: "queued", reason: null, channel_message_id: null });
}

/** Keeps with their keys the answers to the sending of messages that are about to be changed or removed. */
export function keepFirstAnswers(connection: Connection, messageSeqs: number[]): void {
  const rows = connection.all<MessageRow>(
    `${selectMessages} WHERE m.direction = 'outbound' AND m.seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(messageSeqs),
  );
  for (const row of rows) {
    connection.run(
      "UPDATE idempotency_keys SET record = ? WHERE contact_id = ? AND subject_id = ? AND record IS NULL",
      JSON.stringify(asAccepted(row)),
      row.contact_id,
      row.id,
    );
  }
}

import type { IdempotencyClaim } from "../store.ts";
import type { Connection } from "./connection.ts";

/** What an earlier request with the same key made. */
export interface EarlierRequest {
  sameBody: boolean;
  subjectId: string;
  /** The record as it was made, where it was kept. */
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

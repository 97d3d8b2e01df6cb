import type { Connection } from "./connection.ts";

/**
 * For how long an expired token is remembered, so that its holder is told `credentials.expired` rather than
 * `bad.credentials`.
 */
const expiredTokenMemoryMs = 24 * 60 * 60 * 1000;

/** Removes at most `limit` rows each of expired tokens, codes and idempotency keys. `true` where there may be more. */
export function removeExpired(connection: Connection, now: number, limit: number): boolean {
  const tokens = connection.run(
    `DELETE FROM tokens WHERE token_hash IN (SELECT token_hash FROM tokens WHERE expires_at <= ? LIMIT ?)`,
    now - expiredTokenMemoryMs,
    limit,
  );
  const codes = connection.run(
    `DELETE FROM authorization_codes
     WHERE code_hash IN (SELECT code_hash FROM authorization_codes WHERE expires_at <= ? LIMIT ?)`,
    now,
    limit,
  );
  const keys = connection.run(
    `DELETE FROM idempotency_keys WHERE (client_id, route, key) IN
       (SELECT client_id, route, key FROM idempotency_keys WHERE expires_at <= ? LIMIT ?)`,
    now,
    limit,
  );
  return Math.max(tokens, codes, keys) >= limit;
}

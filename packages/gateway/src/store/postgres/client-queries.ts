import type { AuthorizationCodeRecord, ClientRecord, TokenRecord } from "../records.ts";
import type { Database } from "./database.ts";

interface ClientRow {
  client_id: string;
  name: string;
  kind: ClientRecord["kind"];
  secret_hash: string;
  scopes: string;
  redirect_uris: string;
  token_lifetime_seconds: number;
  created_at: number;
  revoked_at: number | null;
}

function clientFromRow(row: ClientRow): ClientRecord {
  return {
    clientId: row.client_id,
    name: row.name,
    kind: row.kind,
    secretHash: row.secret_hash,
    scopes: JSON.parse(row.scopes) as ClientRecord["scopes"],
    redirectUris: JSON.parse(row.redirect_uris) as string[],
    tokenLifetimeSeconds: row.token_lifetime_seconds,
    createdAt: row.created_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}

export async function insertClient(database: Database, client: ClientRecord): Promise<void> {
  await database.query(
    `INSERT INTO quickcard.clients
       (client_id, name, kind, secret_hash, scopes, redirect_uris, token_lifetime_seconds, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    client.clientId,
    client.name,
    client.kind,
    client.secretHash,
    JSON.stringify(client.scopes),
    JSON.stringify(client.redirectUris),
    client.tokenLifetimeSeconds,
    client.createdAt,
  );
}

export async function findClient(database: Database, clientId: string): Promise<ClientRecord | undefined> {
  const [row] = await database.query<ClientRow>(
    "SELECT * FROM quickcard.clients WHERE client_id = $1",
    clientId,
  );
  return row && clientFromRow(row);
}

export async function listClients(database: Database): Promise<ClientRecord[]> {
  const rows = await database.query<ClientRow>(
    "SELECT * FROM quickcard.clients ORDER BY created_at, client_id",
  );
  return rows.map(clientFromRow);
}

export async function revokeClient(database: Database, clientId: string, now: number): Promise<boolean> {
  const revoked = await database.query(
    `WITH tokens AS (DELETE FROM quickcard.tokens WHERE client_id = $1),
          codes AS (DELETE FROM quickcard.authorization_codes WHERE client_id = $1)
     UPDATE quickcard.clients SET revoked_at = $2 WHERE client_id = $1 AND revoked_at IS NULL RETURNING 1`,
    clientId,
    now,
  );
  return revoked.length > 0;
}

interface TokenRow {
  token_hash: string;
  client_id: string;
  scopes: string;
  expires_at: number;
}

export async function insertToken(database: Database, token: TokenRecord): Promise<void> {
  await database.query(
    "INSERT INTO quickcard.tokens (token_hash, client_id, scopes, expires_at) VALUES ($1, $2, $3, $4)",
    token.tokenHash,
    token.clientId,
    JSON.stringify(token.scopes),
    token.expiresAt,
  );
}

/** The tokens with these hashes, in their order. */
export async function findTokens(
  database: Database,
  tokenHashes: readonly string[],
): Promise<(TokenRecord | undefined)[]> {
  const rows = await database.query<TokenRow>("SELECT * FROM quickcard.tokens WHERE token_hash = ANY ($1)", [
    ...new Set(tokenHashes),
  ]);
  const found = new Map(rows.map((row) => [row.token_hash, row]));
  return tokenHashes.map((hash) => {
    const row = found.get(hash);
    return row && tokenFromRow(row);
  });
}

function tokenFromRow(row: TokenRow): TokenRecord {
  return {
    tokenHash: row.token_hash,
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes) as TokenRecord["scopes"],
    expiresAt: row.expires_at,
  };
}

interface AuthorizationCodeRow {
  code_hash: string;
  client_id: string;
  redirect_uri: string;
  scopes: string;
  code_challenge: string;
  expires_at: number;
}

export async function insertAuthorizationCode(
  database: Database,
  code: AuthorizationCodeRecord,
): Promise<void> {
  await database.query(
    `INSERT INTO quickcard.authorization_codes
       (code_hash, client_id, redirect_uri, scopes, code_challenge, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    code.codeHash,
    code.clientId,
    code.redirectUri,
    JSON.stringify(code.scopes),
    code.codeChallenge,
    code.expiresAt,
  );
}

export async function takeAuthorizationCode(
  database: Database,
  codeHash: string,
): Promise<AuthorizationCodeRecord | undefined> {
  const [row] = await database.query<AuthorizationCodeRow>(
    "DELETE FROM quickcard.authorization_codes WHERE code_hash = $1 RETURNING *",
    codeHash,
  );
  if (!row) return undefined;
  return {
    codeHash: row.code_hash,
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    scopes: JSON.parse(row.scopes) as AuthorizationCodeRecord["scopes"],
    codeChallenge: row.code_challenge,
    expiresAt: row.expires_at,
  };
}

/**
 * For how long an expired token is remembered, so that its holder is told `credentials.expired` rather than
 * `bad.credentials`.
 */
const expiredTokenMemoryMs = 24 * 60 * 60 * 1000;

const expiring = [
  { table: "tokens", key: "token_hash", end: "expires_at", memoryMs: expiredTokenMemoryMs },
  { table: "authorization_codes", key: "code_hash", end: "expires_at", memoryMs: 0 },
  { table: "idempotency_keys", key: "id", end: "expires_at", memoryMs: 0 },
  { table: "rate_windows", key: "key", end: "ends_at", memoryMs: 0 },
];

export async function removeExpired(database: Database, now: number, limit: number): Promise<boolean> {
  let mayBeMore = false;
  for (const { table, key, end, memoryMs } of expiring) {
    const removed = await database.query(
      `DELETE FROM quickcard.${table} WHERE ${end} <= $1 AND ${key} = ANY (ARRAY(
         SELECT ${key} FROM quickcard.${table} WHERE ${end} <= $1 ORDER BY ${end} LIMIT $2)) RETURNING 1`,
      now - memoryMs,
      limit,
    );
    mayBeMore ||= removed.length >= limit;
  }
  return mayBeMore;
}

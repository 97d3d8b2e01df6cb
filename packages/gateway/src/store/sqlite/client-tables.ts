import type { AuthorizationCodeRecord, ClientRecord, TokenRecord } from "../records.ts";
import type { Connection } from "./connection.ts";

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

export function insertClient(connection: Connection, client: ClientRecord): void {
  connection.run(
    `INSERT INTO clients
       (client_id, name, kind, secret_hash, scopes, redirect_uris, token_lifetime_seconds, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
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

export function findClient(connection: Connection, clientId: string): ClientRecord | undefined {
  const row = connection.get<ClientRow>("SELECT * FROM clients WHERE client_id = ?", clientId);
  return row && clientFromRow(row);
}

export function listClients(connection: Connection): ClientRecord[] {
  return connection.all<ClientRow>("SELECT * FROM clients ORDER BY created_at, client_id").map(clientFromRow);
}

export function revokeClient(connection: Connection, clientId: string, now: number): boolean {
  const changed = connection.run(
    "UPDATE clients SET revoked_at = ? WHERE client_id = ? AND revoked_at IS NULL",
    now,
    clientId,
  );
  connection.run("DELETE FROM tokens WHERE client_id = ?", clientId);
  connection.run("DELETE FROM authorization_codes WHERE client_id = ?", clientId);
  return changed > 0;
}

interface TokenRow {
  token_hash: string;
  client_id: string;
  scopes: string;
  expires_at: number;
}

export function insertToken(connection: Connection, token: TokenRecord): void {
  connection.run(
    "INSERT INTO tokens (token_hash, client_id, scopes, expires_at) VALUES (?, ?, ?, ?)",
    token.tokenHash,
    token.clientId,
    JSON.stringify(token.scopes),
    token.expiresAt,
  );
}

export function findToken(connection: Connection, tokenHash: string): TokenRecord | undefined {
  const row = connection.get<TokenRow>("SELECT * FROM tokens WHERE token_hash = ?", tokenHash);
  if (!row) return undefined;
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

export function insertAuthorizationCode(connection: Connection, code: AuthorizationCodeRecord): void {
  connection.run(
    `INSERT INTO authorization_codes
       (code_hash, client_id, redirect_uri, scopes, code_challenge, expires_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    code.codeHash,
    code.clientId,
    code.redirectUri,
    JSON.stringify(code.scopes),
    code.codeChallenge,
    code.expiresAt,
  );
}

export function takeAuthorizationCode(
  connection: Connection,
  codeHash: string,
): AuthorizationCodeRecord | undefined {
  const row = connection.get<AuthorizationCodeRow>(
    "DELETE FROM authorization_codes WHERE code_hash = ? RETURNING *",
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

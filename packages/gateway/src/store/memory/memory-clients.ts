import type { AuthorizationCodeRecord, ClientRecord, TokenRecord } from "../records.ts";

/** For how long an expired token is remembered, so that its holder is told that it expired. */
const expiredTokenMemoryMs = 24 * 60 * 60 * 1000;

/** Clients, tokens and codes of the memory store. */
export function clientMethods() {
  const clients = new Map<string, ClientRecord>();
  const tokens = new Map<string, TokenRecord>();
  const codes = new Map<string, AuthorizationCodeRecord>();
  return {
    async insertClient(client: ClientRecord) {
      clients.set(client.clientId, structuredClone(client));
    },
    findClient: async (clientId: string) => structuredClone(clients.get(clientId)),
    listClients: async () =>
      [...clients.values()]
        .map((client) => structuredClone(client))
        .sort((one, other) => one.createdAt - other.createdAt),
    async revokeClient(clientId: string, revokedAt: number) {
      const client = clients.get(clientId);
      if (!client || client.revokedAt !== undefined) return false;
      client.revokedAt = revokedAt;
      for (const table of [tokens, codes]) {
        for (const [hash, row] of table) if (row.clientId === clientId) table.delete(hash);
      }
      return true;
    },
    async insertToken(token: TokenRecord) {
      tokens.set(token.tokenHash, structuredClone(token));
    },
    findToken: async (hash: string) => structuredClone(tokens.get(hash)),
    async insertAuthorizationCode(code: AuthorizationCodeRecord) {
      codes.set(code.codeHash, structuredClone(code));
    },
    async takeAuthorizationCode(hash: string) {
      const code = codes.get(hash);
      codes.delete(hash);
      return code;
    },
    async removeExpired(now: number, limit: number) {
      const expired = [...tokens.values()].filter(({ expiresAt }) => expiresAt <= now - expiredTokenMemoryMs);
      for (const { tokenHash } of expired.slice(0, limit)) tokens.delete(tokenHash);
      const spent = [...codes.values()].filter(({ expiresAt }) => expiresAt <= now);
      for (const { codeHash } of spent.slice(0, limit)) codes.delete(codeHash);
      return Math.max(expired.length, spent.length) >= limit;
    },
  };
}

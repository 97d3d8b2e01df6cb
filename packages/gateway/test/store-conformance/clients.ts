import { describe, expect } from "vitest";
import type { AuthorizationCodeRecord, ClientRecord, TokenRecord } from "../../src/store/records.ts";
import { day, minute, type OpenStore, storeTests } from "./store-world.ts";

const client: ClientRecord = {
  clientId: "first",
  name: "A program",
  kind: "confidential",
  secretHash: "hash",
  scopes: ["messages:send", "conversations:read"],
  redirectUris: [],
  tokenLifetimeSeconds: 3600,
  createdAt: 1000,
};

const publicClient: ClientRecord = {
  ...client,
  clientId: "second",
  kind: "public",
  redirectUris: ["https://app.example.com/back", "http://127.0.0.1/back"],
  createdAt: 2000,
};

const token = (expiresAt: number): TokenRecord => ({
  tokenHash: "token",
  clientId: client.clientId,
  scopes: ["messages:send"],
  expiresAt,
});

const code = (expiresAt: number): AuthorizationCodeRecord => ({
  codeHash: "code",
  clientId: client.clientId,
  redirectUri: "https://app.example.com/back",
  scopes: ["conversations:read"],
  codeChallenge: "challenge",
  expiresAt,
});

export function clientTests(name: string, open: OpenStore): void {
  const test = storeTests(open);
  describe(name, () => {
    test("keeps clients and lists them oldest first", async ({ store }) => {
      await store.insertClient(publicClient);
      await store.insertClient(client);

      expect(await store.findClient("first")).toEqual(client);
      expect(await store.findClient("third")).toBeUndefined();
      expect(await store.listClients()).toEqual([client, publicClient]);
    });

    test("revokes a client once, with its tokens and codes", async ({ store, now }) => {
      await store.insertClient(client);
      await store.insertToken(token(now() + minute));
      await store.insertAuthorizationCode(code(now() + minute));
      const revokedAt = now();

      expect(await store.revokeClient("first", revokedAt)).toBe(true);
      expect(await store.revokeClient("first", revokedAt + 1)).toBe(false);
      expect(await store.revokeClient("third", revokedAt)).toBe(false);
      expect(await store.findClient("first")).toEqual({ ...client, revokedAt });
      expect(await store.findToken("token")).toBeUndefined();
      expect(await store.takeAuthorizationCode("code")).toBeUndefined();
    });

    test("remembers an expired token for a day", async ({ store, now }) => {
      await store.insertClient(client);
      const expired = token(now());
      await store.insertToken(expired);

      await store.removeExpired(now() + day - minute, 10);
      const remembered = await store.findToken("token");
      await store.removeExpired(now() + day + minute, 10);
      const forgotten = await store.findToken("token");

      expect(remembered).toEqual(expired);
      expect(forgotten).toBeUndefined();
    });

    test("gives an authorization code out once, to one of many who ask", async ({ store, now }) => {
      await store.insertClient(client);
      await store.insertAuthorizationCode(code(now() + minute));

      const taken = await Promise.all(Array.from({ length: 20 }, () => store.takeAuthorizationCode("code")));

      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(taken.find(Boolean)).toMatchObject({
        codeChallenge: "challenge",
        scopes: ["conversations:read"],
      });
    });

    test("removes expired codes, no more at a time than it is told", async ({ store, now }) => {
      await store.insertClient(client);
      for (const codeHash of ["one", "two", "three"]) {
        await store.insertAuthorizationCode({ ...code(now() - minute), codeHash });
      }

      const mayBeMore = [await store.removeExpired(now(), 2)];
      const left = await Promise.all(
        ["one", "two", "three"].map((hash) => store.takeAuthorizationCode(hash)),
      );

      mayBeMore.push(await store.removeExpired(now(), 2));
      expect(mayBeMore).toEqual([true, false]);
      expect(left.filter(Boolean)).toHaveLength(1);
    });

    test("answers a ping", async ({ store }) => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}

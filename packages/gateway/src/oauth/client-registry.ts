import { randomUUID } from "node:crypto";
import type { Scope } from "@quickcard/client";
import { OptionError } from "../gateway-error.ts";
import { openPostgresStore } from "../store/postgres/open-postgres-store.ts";
import type { ClientRecord } from "../store/records.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { isRegistrableRedirectUri } from "./redirect-uri.ts";
import { isScope, scopeNames } from "./scopes.ts";
import { createSecret, hashSecret } from "./secret.ts";

/** Seconds that a token lives unless the client says otherwise. */
const defaultTokenLifetimeSeconds = 3600;

/** What a client may ask for as the life of its tokens. */
const tokenLifetimeRangeSeconds = { min: 1, max: 172_800 } as const;

const maxNameLength = 200;

/** What a client is made from. */
export interface NewClient {
  name: string;
  scopes: readonly string[];
  /** Makes a public client (PKCE) that may be sent back to these addresses. Default: a confidential client. */
  redirectUris?: readonly string[];
  /** 1 to 172,800; 3,600 unless told. */
  tokenLifetimeSeconds?: number;
}

/** A client as it is shown: never with what it proves itself by. */
export interface RegisteredClient {
  clientId: string;
  name: string;
  kind: "confidential" | "public";
  scopes: Scope[];
  redirectUris: string[];
  tokenLifetimeSeconds: number;
  createdAt: string;
  revokedAt?: string;
}

/** A client just made, with the secret that is shown this once. */
export type CreatedClient = RegisteredClient & {
  /** A confidential client's secret. */
  clientSecret?: string;
  /** What a person types on the consent page of a public client. */
  approvalCode?: string;
};

/** The programs that may ask a gateway for tokens. */
export interface ClientRegistry {
  /** @throws OptionError for a name, scope, address or lifetime that cannot be used. */
  create(client: NewClient): Promise<CreatedClient>;
  /** Oldest first, revoked ones included. */
  list(): Promise<RegisteredClient[]>;
  /** Ends a client and all its tokens. `false` where there is none to end. */
  revoke(clientId: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the clients of a data folder, or of a PostgreSQL database, whether or not a gateway runs on it. A database that
 * cannot be reached has each method reject with `StoreUnavailableError`.
 *
 * @throws DataUnavailableError, DataTooNewError
 */
export function openClientRegistry(place: string | { database: string }): ClientRegistry {
  if (typeof place === "string") return createClientRegistry(openSqliteStore(place), Date.now);
  const opening = openPostgresStore(place.database).then((store) => createClientRegistry(store, Date.now));
  // Told to whoever asks for something; nobody may.
  opening.catch(() => undefined);
  return {
    create: async (client) => (await opening).create(client),
    list: async () => (await opening).list(),
    revoke: async (clientId) => (await opening).revoke(clientId),
    close: async () => (await opening.catch(() => undefined))?.close(),
  };
}

/** The clients of a store. Closing the registry closes the store. */
export function createClientRegistry(store: Store, now: () => number): ClientRegistry {
  return {
    async create(client) {
      const secret = createSecret();
      const record = toRecord(client, secret, now());
      await store.insertClient(record);
      const shown = record.kind === "public" ? { approvalCode: secret } : { clientSecret: secret };
      return { ...toRegistered(record), ...shown };
    },
    list: async () => (await store.listClients()).map(toRegistered),
    revoke: (clientId) => store.revokeClient(clientId, now()),
    close: () => store.close(),
  };
}

function toRecord(client: NewClient, secret: string, createdAt: number): ClientRecord {
  const { name, scopes, redirectUris = [], tokenLifetimeSeconds = defaultTokenLifetimeSeconds } = client;
  check(name.trim() !== "" && name.length <= maxNameLength, `name has 1 to ${maxNameLength} characters`);
  const known = scopes.filter(isScope);
  const unknown = scopes.find((scope) => !isScope(scope));
  check(unknown === undefined, `"${unknown}" is not a scope; there are ${scopeNames.join(", ")}`);
  check(known.length > 0, `at least one scope of ${scopeNames.join(", ")}`);
  const badUri = redirectUris.find((uri) => !isRegistrableRedirectUri(uri));
  check(
    badUri === undefined,
    `redirect URI "${badUri}" is https, or http on the loopback address, without fragment`,
  );
  const { min, max } = tokenLifetimeRangeSeconds;
  const lifetimeFits =
    Number.isInteger(tokenLifetimeSeconds) && tokenLifetimeSeconds >= min && tokenLifetimeSeconds <= max;
  check(lifetimeFits, `token lifetime is ${min} to ${max} whole seconds`);
  return {
    clientId: randomUUID(),
    name,
    kind: client.redirectUris ? "public" : "confidential",
    secretHash: hashSecret(secret),
    scopes: [...new Set(known)],
    redirectUris: [...redirectUris],
    tokenLifetimeSeconds,
    createdAt,
  };
}

function check(holds: boolean, rule: string): void {
  if (!holds) throw new OptionError(`The client cannot be made: ${rule}.`, "Correct it and try again.");
}

function toRegistered(record: ClientRecord): RegisteredClient {
  const { secretHash: _, createdAt, revokedAt, ...rest } = record;
  return {
    ...rest,
    createdAt: new Date(createdAt).toISOString(),
    ...(revokedAt === undefined ? {} : { revokedAt: new Date(revokedAt).toISOString() }),
  };
}

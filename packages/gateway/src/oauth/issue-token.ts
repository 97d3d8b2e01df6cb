import type { Scope } from "@quickcard/client";
import type { AuthorizationCodeRecord, ClientRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { OAuthError } from "./oauth-error.ts";
import { matchesChallenge } from "./pkce.ts";
import { splitScope } from "./scopes.ts";
import { createSecret, hashSecret } from "./secret.ts";

/** The token endpoint's answer to a request that it grants. */
export interface TokenAnswer {
  access_token: string;
  token_type: "bearer";
  /** Seconds. */
  expires_in: number;
  /** Separated by spaces. */
  scope: string;
}

interface Grant {
  client: ClientRecord;
  form: Map<string, string>;
  store: Store;
  now: number;
}

/** Every grant that the token endpoint knows. */
const grants: Readonly<Record<string, (grant: Grant) => Promise<Scope[]>>> = {
  client_credentials: grantToClient,
  authorization_code: grantForCode,
};

/** Makes a token by the grant that a request names. @throws OAuthError where the grant is unknown or not given. */
export async function issueToken(grant: Grant): Promise<TokenAnswer> {
  const { client, form, store, now } = grant;
  const grantType = form.get("grant_type");
  if (grantType === undefined)
    throw new OAuthError("invalid_request", "The parameter grant_type is missing.");
  const known = Object.hasOwn(grants, grantType) ? grants[grantType] : undefined;
  if (!known) {
    throw new OAuthError("unsupported_grant_type", `grant_type is one of ${Object.keys(grants).join(", ")}.`);
  }
  const scopes = await known(grant);
  const token = createSecret();
  const expiresAt = now + client.tokenLifetimeSeconds * 1000;
  await store.insertToken({ tokenHash: hashSecret(token), clientId: client.clientId, scopes, expiresAt });
  return {
    access_token: token,
    token_type: "bearer",
    expires_in: client.tokenLifetimeSeconds,
    scope: scopes.join(" "),
  };
}

async function grantToClient({ client, form }: Grant): Promise<Scope[]> {
  if (client.kind !== "confidential") {
    throw new OAuthError(
      "unauthorized_client",
      "A public client has no secret. Use authorization_code with PKCE.",
    );
  }
  return chosenScopes(client, form.get("scope"));
}

async function grantForCode({ client, form, store, now }: Grant): Promise<Scope[]> {
  const code = form.get("code");
  const verifier = form.get("code_verifier");
  if (!code || !verifier)
    throw new OAuthError("invalid_request", "The parameters code and code_verifier are required.");
  const record = await store.takeAuthorizationCode(hashSecret(code));
  if (
    !record ||
    !isExchangeable(record, client, form, now) ||
    !matchesChallenge(verifier, record.codeChallenge)
  ) {
    throw new OAuthError(
      "invalid_grant",
      "The code is unknown, used, expired, or not for this client, redirect_uri and code_verifier.",
    );
  }
  return record.scopes;
}

function isExchangeable(
  record: AuthorizationCodeRecord,
  client: ClientRecord,
  form: Map<string, string>,
  now: number,
): boolean {
  const { clientId, redirectUri, expiresAt } = record;
  return clientId === client.clientId && redirectUri === form.get("redirect_uri") && expiresAt > now;
}

/**
 * The scopes that a request asks for: all that the client has where it names none.
 *
 * @throws OAuthError `invalid_scope` naming what the client has.
 */
export function chosenScopes(client: ClientRecord, scope: string | undefined): Scope[] {
  if (scope === undefined) return client.scopes;
  const wanted = splitScope(scope);
  const chosen = client.scopes.filter((name) => wanted.includes(name));
  if (chosen.length === wanted.length && chosen.length > 0) return chosen;
  throw new OAuthError("invalid_scope", `This client may ask for ${client.scopes.join(" ")}, each once.`);
}

import type { Scope } from "@quickcard/client";
import type { ClientRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { chosenScopes } from "./issue-token.ts";
import { OAuthError } from "./oauth-error.ts";
import { isCodeChallenge } from "./pkce.ts";
import { isAllowedRedirectUri } from "./redirect-uri.ts";

/** An authorization request of a known client that may be answered to its address. */
export interface AuthorizationRequest {
  client: ClientRecord;
  redirectUri: string;
  state: string | undefined;
  scopes: Scope[];
  codeChallenge: string;
}

/** A fault that must not be sent to the address given, because the address itself is not to be trusted. */
export class UntrustedRequestError extends Error {}

/** A fault that the client is told, at its own address. */
export class RedirectedError extends Error {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly reason: OAuthError;

  constructor(redirectUri: string, state: string | undefined, reason: OAuthError) {
    super(reason.message);
    this.redirectUri = redirectUri;
    this.state = state;
    this.reason = reason;
  }
}

const maxStateLength = 2048;

/**
 * Checks an authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3).
 *
 * @throws UntrustedRequestError where client or address are not known.
 * @throws RedirectedError for everything else.
 */
export async function readAuthorizationRequest(
  parameters: Map<string, string>,
  store: Store,
): Promise<AuthorizationRequest> {
  const client = await store.findClient(parameters.get("client_id") ?? "");
  if (client?.kind !== "public" || client.revokedAt !== undefined) {
    throw new UntrustedRequestError("The client_id is not that of a public client of this gateway.");
  }
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (!isAllowedRedirectUri(redirectUri, client.redirectUris)) {
    throw new UntrustedRequestError("The redirect_uri is not one that this client was registered with.");
  }
  const state = parameters.get("state");
  try {
    return { client, redirectUri, state, ...readChallenge(parameters, client) };
  } catch (error) {
    if (error instanceof OAuthError) throw new RedirectedError(redirectUri, state, error);
    throw error;
  }
}

function readChallenge(parameters: Map<string, string>, client: ClientRecord) {
  if (parameters.get("response_type") !== "code") {
    throw new OAuthError("unsupported_response_type", "response_type is code.");
  }
  const codeChallenge = parameters.get("code_challenge") ?? "";
  if (parameters.get("code_challenge_method") !== "S256" || !isCodeChallenge(codeChallenge)) {
    throw new OAuthError(
      "invalid_request",
      "PKCE is required: code_challenge with code_challenge_method S256.",
    );
  }
  if ((parameters.get("state")?.length ?? 0) > maxStateLength) {
    throw new OAuthError("invalid_request", `state has at most ${maxStateLength} characters.`);
  }
  return { codeChallenge, scopes: chosenScopes(client, parameters.get("scope")) };
}

/** The client's address with an answer in its query. */
export function redirectTo(
  request: { redirectUri: string; state: string | undefined },
  answer: Record<string, string>,
): Response {
  const location = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value);
  if (request.state !== undefined) location.searchParams.set("state", request.state);
  return new Response(null, { status: 303, headers: { location: location.href } });
}

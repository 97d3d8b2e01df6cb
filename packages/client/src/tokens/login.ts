import { readBaseUrl } from "../base-url.ts";
import type { Scope } from "../contacts-api.ts";
import { AuthenticationError } from "../errors/api-errors.ts";
import { InvalidArgumentError } from "../errors/local-errors.ts";
import { printable } from "../errors/printable.ts";
import { createPkce, randomText } from "./pkce.ts";
import { authorizationEndpoint } from "./token-endpoint.ts";

/** What a login is started with. */
export interface LoginOptions {
  /** Where the contacts API is. */
  readonly baseUrl: string;
  /** The id of a public client. */
  readonly clientId: string;
  /** Where the person is sent back to: one that the client was registered with. On 127.0.0.1 the port may differ. */
  readonly redirectUri: string;
  /** What the token shall allow. Default: all that the client may. */
  readonly scopes?: readonly Scope[] | undefined;
}

/**
 * A login under way. It is plain data: a page may keep it in `sessionStorage` until the person comes back.
 * Whoever has it and the answer can finish the login.
 */
export interface Login {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Where to send the person. */
  readonly url: string;
  /** What the answer must bring back, so that nobody can slip in an answer of their own. */
  readonly state: string;
  /** The verifier of RFC 7636. */
  readonly codeVerifier: string;
}

/**
 * Starts a login of a person at a public client, which has no secret: authorization code with PKCE (RFC 7636).
 * `finishLogin` makes a token of the answer.
 *
 * @throws ConfigurationError where `baseUrl` cannot be used.
 */
export async function startLogin({
  clientId,
  redirectUri,
  scopes,
  ...options
}: LoginOptions): Promise<Login> {
  const baseUrl = readBaseUrl(options.baseUrl);
  const { verifier: codeVerifier, challenge } = await createPkce();
  const state = randomText();
  const url = new URL(authorizationEndpoint(baseUrl));
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: "S256",
    state,
    ...(scopes && { scope: scopes.join(" ") }),
  }).toString();
  return { baseUrl, clientId, redirectUri, url: url.href, state, codeVerifier };
}

/**
 * The code in the address that a person was sent back to.
 *
 * @throws InvalidArgumentError where the address is not the answer to this login; AuthenticationError where it was refused.
 */
export function readLoginAnswer({ state }: Pick<Login, "state">, answer: string | URL): string {
  if (!URL.canParse(String(answer))) {
    throw answerError("is no URL", "Pass the whole address that the person was sent back to.");
  }
  const parameters = new URL(answer).searchParams;
  if (parameters.get("state") !== state) {
    throw answerError(
      "does not have the `state` of this login",
      "Finish the login that was started last, in the same browser. If nobody else is logging in, somebody slipped in this answer: start again.",
    );
  }
  const refusal = parameters.get("error");
  if (refusal !== null) throw refusedError(refusal);
  const code = parameters.get("code");
  if (code) return code;
  throw answerError("holds no `code`", "Pass the whole address that the person was sent back to.");
}

function refusedError(reason: string): AuthenticationError {
  const apiCode = printable(reason, []);
  return new AuthenticationError({
    message: `No token: the login was refused (${apiCode})`,
    fix:
      apiCode === "access_denied"
        ? "Somebody denied it on the consent page: start again, and allow it there."
        : "Check the client's id, its redirect URIs and its scopes, and start again.",
    fate: "not_applied",
    apiCode,
  });
}

function answerError(fault: string, fix: string): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: "answer",
    message: `The answer to the login ${fault}`,
    fix,
  });
}

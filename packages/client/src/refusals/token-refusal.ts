import { ApiError, AuthenticationError, RateLimitError, requestLine } from "../core.ts";
import type { ApiErrorFacts } from "../errors/api-errors.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";
import type { Call } from "../layers/layer.ts";
import { type Refusal, refusalReader } from "./refusal.ts";

/** The codes of RFC 6749 section 5.2. Nothing else of a token endpoint's body is ever shown: it may echo the secret. */
const oauthErrors = [
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
];

/** What to do about a refusal, by its code. */
const fixes: Readonly<Record<string, string>> = {
  invalid_grant:
    "A code is good once and for a short time, for the client, `redirectUri` and login that it was made for: start the login again.",
};
const credentialsFix =
  "Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET (`clientId`, `clientSecret`), and that the client was not revoked and may use client credentials.";

const transientStatuses = new Set([408, 500, 502, 503, 504]);
const waitFix = "The token endpoint does not answer as it should just now: wait and try again.";

/** The error that tells of the token endpoint's refusal. */
export const readTokenRefusal = refusalReader((call: Call, refusal: Refusal): OpenMessagingError => {
  const { status, correlationId, retryAfterMs, json } = refusal;
  const apiCode = oauthErrors.find(
    (code) => code === (json as { error?: unknown } | undefined | null)?.error,
  );
  const facts: ApiErrorFacts = {
    message: `No token: ${requestLine(call)} was answered with ${status}${apiCode ? ` (${apiCode})` : ""}`,
    fix: "Check `baseUrl` (GENESYS_BASE_URL): there seems to be no token endpoint at this address.",
    fate: "not_sent",
    status,
    correlationId,
    retryAfterMs,
    apiCode,
  };
  if (status === 429) return new RateLimitError({ ...facts, fix: waitFix, retryable: true });
  if (transientStatuses.has(status)) return new ApiError({ ...facts, fix: waitFix, retryable: true });
  if (status === 404 || status === 405 || status >= 500) return new ApiError(facts);
  return new AuthenticationError({ ...facts, fix: fixes[apiCode ?? ""] ?? credentialsFix });
});

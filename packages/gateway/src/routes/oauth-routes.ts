import { z } from "zod";
import { ApiError } from "../http/api-error.ts";
import { RateLimiter } from "../http/rate-limiter.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import type { ServerContext } from "../http/server-context.ts";
import { authenticateClient } from "../oauth/authenticate-client.ts";
import {
  type AuthorizationRequest,
  RedirectedError,
  readAuthorizationRequest,
  redirectTo,
  UntrustedRequestError,
} from "../oauth/authorization-request.ts";
import { consentPage, refusalPage } from "../oauth/consent-page.ts";
import { issueToken } from "../oauth/issue-token.ts";
import { OAuthError } from "../oauth/oauth-error.ts";
import { readForm, uniqueParameters } from "../oauth/read-form.ts";
import { createSecret, hashSecret, matchesHash } from "../oauth/secret.ts";

const tag = "Tokens";

/** How long a consent may wait to be exchanged for a token. */
const authorizationCodeLifetimeMs = 60_000;

/** How often a minute somebody may try a client's approval code. */
const approvalAttemptsPerMinute = 10;

/** The token endpoint and the consent page. */
export function oauthRoutes(server: ServerContext, monotonicNow: () => number): AnyRoute[] {
  const attempts = new RateLimiter({ allowed: approvalAttemptsPerMinute, windowMs: 60_000, monotonicNow });
  return [tokenRoute(server), authorizePage(server), authorizeDecision(server, attempts)];
}

function tokenRoute({ store, now }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: "/oauth/token",
    operationId: "getToken",
    tag,
    summary: "Get an access token",
    description:
      "Client credentials in the body or by HTTP Basic, or an authorization code with its PKCE verifier. Errors are " +
      "those of RFC 6749, section 5.2.",
    form: z.strictObject({
      grant_type: z.enum(["client_credentials", "authorization_code"]),
      client_id: z.string().exactOptional(),
      client_secret: z.string().exactOptional(),
      scope: z.string().exactOptional().describe("Separated by spaces. Default: all that the client has."),
      code: z.string().exactOptional(),
      code_verifier: z.string().exactOptional(),
      redirect_uri: z.string().exactOptional(),
    }),
    answers: {
      200: {
        description: "The token.",
        schema: z.strictObject({
          access_token: z.string(),
          token_type: z.literal("bearer"),
          expires_in: z.int().describe("Seconds."),
          scope: z.string(),
        }),
      },
      400: { description: "The request is refused.", schema: oauthErrorSchema },
      401: { description: "The client did not prove itself.", schema: oauthErrorSchema },
    },
    async handle({ raw }) {
      try {
        const form = await readForm(raw);
        const client = await authenticateClient(raw, form, store);
        return json(200, await issueToken({ client, form, store, now: now() }), { pragma: "no-cache" });
      } catch (error) {
        if (error instanceof OAuthError) return error.toResponse();
        if (error instanceof ApiError && error.status < 500) {
          return new OAuthError("invalid_request", error.message).toResponse();
        }
        throw error;
      }
    },
  });
}

const oauthErrorSchema = z
  .strictObject({ error: z.string(), error_description: z.string() })
  .meta({ id: "OAuthError" });

function authorizePage({ store }: ServerContext): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "GET",
    path: "/oauth/authorize",
    operationId: "authorize",
    tag,
    summary: "Ask a person for consent (authorization code with PKCE S256)",
    description:
      "Parameters: response_type=code, client_id, redirect_uri, code_challenge, code_challenge_method=S256, and " +
      "optionally scope and state. The page asks for the approval code that was shown when the client was made.",
    produces: "text/html",
    answers: {
      200: { description: "The consent page.", mediaType: "text/html" },
      303: { description: "Back to the client, with an error." },
    },
    handle: ({ raw }) =>
      answeringFaults(async () => {
        const parameters = uniqueParameters(new URL(raw.url).searchParams);
        return consentPage(await readAuthorizationRequest(parameters, store), false);
      }),
  });
}

function authorizeDecision({ store, now }: ServerContext, attempts: RateLimiter): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: "/oauth/authorize",
    operationId: "decide",
    summary: "What the consent page sends",
    produces: "text/html",
    answers: { 303: { description: "Back to the client, with a code or an error." } },
    handle: ({ raw }) =>
      answeringFaults(async () => {
        const form = await readForm(raw);
        const request = await readAuthorizationRequest(form, store);
        if (form.get("decision") !== "allow") throw denied(request);
        if (attempts.take(request.client.clientId).exceeded) {
          return refusalPage(429, "The approval code was tried too often. Wait a minute and start again.");
        }
        const code = form.get("approval_code") ?? "";
        if (!matchesHash(code, request.client.secretHash)) return consentPage(request, true);
        return redirectTo(request, { code: await keepConsent(request) });
      }),
  });

  async function keepConsent({
    client,
    redirectUri,
    scopes,
    codeChallenge,
  }: AuthorizationRequest): Promise<string> {
    const code = createSecret();
    await store.insertAuthorizationCode({
      codeHash: hashSecret(code),
      clientId: client.clientId,
      redirectUri,
      scopes,
      codeChallenge,
      expiresAt: now() + authorizationCodeLifetimeMs,
    });
    return code;
  }
}

function denied({ redirectUri, state }: AuthorizationRequest): RedirectedError {
  return new RedirectedError(redirectUri, state, new OAuthError("access_denied", "The request was denied."));
}

async function answeringFaults(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof RedirectedError) {
      return redirectTo(error, { error: error.reason.error, error_description: error.reason.message });
    }
    if (error instanceof UntrustedRequestError || error instanceof OAuthError) {
      return refusalPage(400, error.message);
    }
    throw error;
  }
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { OAuthClient } from "../oauth-client.ts";

const defaultLifetimeSeconds = 86_400;
const bodyMaxBytes = 16_384;

/**
 * `POST /oauth/token` with client credentials, which Genesys Cloud serves on `https://login.{region}`: the client in
 * an HTTP Basic header, `grant_type` in a form. No refresh token comes with this grant.
 */
export function tokenRoute(clients: readonly OAuthClient[]): Hono {
  const tooLarge = (context: Context) => refusal(context, 413, "invalid_request", "request too large");
  return new Hono().post("/", bodyLimit({ maxSize: bodyMaxBytes, onError: tooLarge }), async (context) => {
    const credentials = basicCredentials(context.req.header("authorization"));
    const client = clients.find(({ id }) => id === credentials?.id);
    if (!credentials || !client) return refusal(context, 401, "invalid_client", "client not found");
    if (!isSame(credentials.secret, client.secret)) {
      return refusal(context, 401, "invalid_client", "authentication failed");
    }
    const form = new URLSearchParams(await context.req.text());
    if (form.get("grant_type") !== "client_credentials") {
      return refusal(context, 400, "unsupported_grant_type", "only client_credentials is emulated");
    }
    context.header("Cache-Control", "no-store");
    return context.json({
      access_token: randomBytes(32).toString("base64url"),
      token_type: "bearer",
      expires_in: client.tokenLifetimeSeconds ?? defaultLifetimeSeconds,
    });
  });
}

/** The body that the token endpoint fails with: it says the same thing under two names. */
function refusal(context: Context, status: 400 | 401 | 413, error: string, description: string): Response {
  return context.json({ error, description, error_description: description }, status);
}

function basicCredentials(header = ""): { id: string; secret: string } | undefined {
  const encoded = /^basic +(\S+)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id, secret: secret.join(":") };
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

import { timingSafeEqual } from "node:crypto";
import type { ApiError } from "../http/api-error.ts";
import { hashToken } from "../http/authenticate.ts";
import { readHeader, readText } from "../http/incoming-request.ts";
import type { Answer, OpenExchange } from "../http/serve-exchange.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { OAuthClientRecord } from "../organisation/records.ts";

/** How much of a form is read: no client needs more. */
const mostFormBytes = 10_000;

/**
 * `POST /oauth/token` of the login host, for client credentials: by HTTP Basic, or in the form, which the platform's SDK never does.
 * Answers with the login host's own shape of errors, three fields of which two say the same; its texts were seen in the wild, the
 * statuses are our guess (source of the texts: gildas/go-gcloudcx, `client_test.go`).
 */
export async function answerTokenRequest(
  organisation: Organisation,
  exchange: OpenExchange,
): Promise<Answer> {
  const { c } = exchange;
  exchange.headers["Cache-Control"] = "no-store";
  exchange.requestBody = await readText(c, mostFormBytes);
  const form = new URLSearchParams(exchange.requestBody);
  const { id, secret } = readBasic(readHeader(c, "authorization")) ?? {
    id: form.get("client_id") ?? "",
    secret: form.get("client_secret") ?? "",
  };
  if (form.get("grant_type") !== "client_credentials")
    return refuse(400, "unsupported_grant_type", "only client_credentials is emulated");
  const client = organisation.clients.get(id);
  if (client === undefined) return refuse(401, "invalid_client", "client not found");
  if (!isSame(secret, client.secret)) return refuse(401, "invalid_client", "authentication failed");
  exchange.clientId = id;
  return {
    status: 200,
    body: {
      access_token: issueToken(organisation, client),
      token_type: "bearer",
      expires_in: client.accessTokenValiditySeconds,
    },
  };
}

/** Makes a token that expires when the client's tokens do. */
export function issueToken(
  { chance, tokens, clock }: Organisation,
  { id, accessTokenValiditySeconds }: OAuthClientRecord,
): string {
  const token = chance.secret();
  tokens.put(hashToken(token), { clientId: id, expiresAt: clock.now() + accessTokenValiditySeconds * 1000 });
  return token;
}

/** The login host's body of an error that befell a request before it was understood. */
export function tokenErrorBody(error: ApiError): Record<string, unknown> {
  const description = error.code === "request.entity.too.large" ? "request too large" : error.message;
  const kind = error.status >= 500 ? "server_error" : "invalid_request";
  return { error: kind, description, error_description: description };
}

function refuse(status: number, error: string, description: string): Answer {
  return { status, body: { error, description, error_description: description } };
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^basic +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return { id: pair.slice(0, Math.max(colon, 0)), secret: pair.slice(colon + 1) };
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

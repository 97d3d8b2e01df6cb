import type { ClientRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { OAuthError } from "./oauth-error.ts";
import { matchesHash } from "./secret.ts";

interface Credentials {
  clientId: string;
  clientSecret: string | undefined;
}

/**
 * Finds the client that asks for a token: by HTTP Basic or by the body, not both. A confidential client proves itself
 * with its secret; a public one has none.
 *
 * @throws OAuthError `invalid_request` or `invalid_client`.
 */
export async function authenticateClient(
  request: Request,
  form: Map<string, string>,
  store: Store,
): Promise<ClientRecord> {
  const { clientId, clientSecret } = readCredentials(request, form);
  const client = await store.findClient(clientId);
  if (!client || client.revokedAt !== undefined) throw unknownClient();
  if (client.kind === "public" && clientSecret === undefined) return client;
  if (client.kind === "public" || !clientSecret || !matchesHash(clientSecret, client.secretHash)) {
    throw unknownClient();
  }
  return client;
}

/** One answer for an unknown client and a wrong secret, so that nobody learns which clients there are. */
function unknownClient(): OAuthError {
  return new OAuthError("invalid_client", "The client is unknown, revoked, or its secret is wrong.");
}

function readCredentials(request: Request, form: Map<string, string>): Credentials {
  const header = request.headers.get("authorization");
  const fromBody = { clientId: form.get("client_id"), clientSecret: form.get("client_secret") };
  if (header === null) {
    if (fromBody.clientId === undefined) {
      throw new OAuthError("invalid_client", "Send client_id and client_secret in the body, or HTTP Basic.");
    }
    return { ...fromBody, clientId: fromBody.clientId };
  }
  const fromHeader = readBasic(header);
  if (fromBody.clientSecret !== undefined) {
    throw new OAuthError(
      "invalid_request",
      "Send the client's credentials in the body or by HTTP Basic, not both.",
    );
  }
  if (fromBody.clientId !== undefined && fromBody.clientId !== fromHeader.clientId) {
    throw new OAuthError(
      "invalid_request",
      "The client_id of the body is not that of the Authorization header.",
    );
  }
  return fromHeader;
}

/** Both parts are form-encoded inside the base64 (RFC 6749, section 2.3.1). */
function readBasic(header: string): Credentials {
  const encoded = /^basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const decoded = encoded && Buffer.from(encoded, "base64").toString("utf8");
  const parts = decoded && /^([^:]*):(.*)$/s.exec(decoded);
  if (!parts?.[1]) throw new OAuthError("invalid_client", "The Authorization header is not HTTP Basic.");
  return { clientId: formDecoded(parts[1]), clientSecret: formDecoded(parts[2] ?? "") };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

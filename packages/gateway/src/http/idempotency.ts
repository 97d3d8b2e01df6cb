import { createHash } from "node:crypto";
import { stringify } from "safe-stable-stringify";
import type { IdempotencyClaim } from "../store/store.ts";
import { type ApiError, fieldError } from "./api-error.ts";

/** How long a key is kept. */
export const idempotencyKeyLifetimeMs = 24 * 60 * 60 * 1000;

const maxKeyLength = 255;
const printableAscii = /^[\x20-\x7e]+$/;

/**
 * The key of a request that may be repeated. Both forms of the header are taken: bare, and as a quoted string of
 * RFC 8941, as draft-ietf-httpapi-idempotency-key-header asks.
 *
 * @throws ApiError `invalid.value` for an empty or overlong key.
 */
export function readIdempotencyKey(request: Request): string | undefined {
  const header = request.headers.get("idempotency-key");
  if (header === null) return undefined;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (key.length > 0 && key.length <= maxKeyLength && printableAscii.test(key)) return key;
  const message = `Idempotency-Key has 1 to ${maxKeyLength} printable ASCII characters, such as a UUID.`;
  throw fieldError("invalid.value", "Idempotency-Key", message);
}

/** What is kept of a request so that its repetition is recognised, whatever the order of its keys and its spaces. */
export function claimOf(
  key: string,
  request: { clientId: string; method: string; path: string; body: unknown; now: number },
): IdempotencyClaim {
  const canonical = stringify(request.body) ?? "";
  return {
    clientId: request.clientId,
    route: `${request.method} ${request.path}`,
    key,
    fingerprint: createHash("sha256").update(canonical).digest("base64url"),
    expiresAt: request.now + idempotencyKeyLifetimeMs,
  };
}

/** The answer to a key that came with another body before. */
export function mismatch(): ApiError {
  return fieldError(
    "idempotency.mismatch",
    "Idempotency-Key",
    "This Idempotency-Key was used for another body. Make a new key for each message; repeat it only with the same body.",
  );
}

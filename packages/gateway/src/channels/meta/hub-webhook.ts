import { createHmac, timingSafeEqual } from "node:crypto";

const form = /^sha256=([0-9a-f]{64})$/i;

/**
 * Checks `X-Hub-Signature-256` as Meta sends it: the hexadecimal HMAC-SHA256 of the body's bytes by the app's secret.
 *
 * https://developers.facebook.com/docs/messenger-platform/webhooks
 */
export function isSignedByMeta(body: Uint8Array, header: string | null, appSecret: string): boolean {
  const given = Buffer.from(form.exec(header ?? "")?.[1] ?? "", "hex");
  const expected = createHmac("sha256", appSecret).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The challenge that Meta's handshake asks back, where it knows the verify token. */
export function answerHandshake(query: URLSearchParams, verifyToken: string): string | undefined {
  const given = query.get("hub.verify_token") ?? "";
  const isKnown = query.get("hub.mode") === "subscribe" && isSame(given, verifyToken);
  return isKnown ? (query.get("hub.challenge") ?? undefined) : undefined;
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac("sha256", "verify").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

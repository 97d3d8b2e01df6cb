import { isHmacOf } from "../../signatures/hmac.ts";
import { isSameSecret } from "../../signatures/same-secret.ts";
import { type VerifiedJson, verifiedJson } from "../verified-json.ts";

const form = /^sha256=([0-9a-f]{64})$/i;

/**
 * Whether `X-Hub-Signature-256` is as Meta sends it: the hexadecimal HMAC-SHA256 of the body's bytes by the app's secret.
 *
 * https://developers.facebook.com/docs/messenger-platform/webhooks
 */
function isSignedByMeta(body: Uint8Array, headers: Headers, appSecret: string): boolean {
  const hex = form.exec(headers.get("x-hub-signature-256") ?? "")?.[1] ?? "";
  return isHmacOf(body, appSecret, Buffer.from(hex, "hex"));
}

/** The JSON of a webhook of Meta's, or its refusal. */
export function readHubWebhook(body: Uint8Array, headers: Headers, appSecret: string): VerifiedJson {
  return verifiedJson(body, {
    isVerified: isSignedByMeta(body, headers, appSecret),
    otherwise: "X-Hub-Signature-256 is not of this body and the app's secret.",
  });
}

/** The challenge that Meta's handshake asks back, where it knows the verify token. */
export function answerHandshake(query: URLSearchParams, verifyToken: string): string | undefined {
  const given = query.get("hub.verify_token") ?? "";
  const isKnown = query.get("hub.mode") === "subscribe" && isSameSecret(given, verifyToken);
  return isKnown ? (query.get("hub.challenge") ?? undefined) : undefined;
}

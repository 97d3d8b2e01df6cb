import { createHmac, randomBytes } from "node:crypto";
import type { WebhookTarget } from "../webhook-outbox.ts";

/** What is told to Meta about a program's webhook. */
export interface HubSubscription {
  url: string;
  /** What the program's side of the handshake must know. */
  verifyToken: string;
}

/** Meta's waits between two tries of a webhook: shorter at first, for up to 7 days. */
export const hubRetryWaitsMs: readonly number[] = [
  1, 2, 4, 8, 16, 32, 60, 300, 900, 3600, 21_600, 86_400,
].map((seconds) => seconds * 1000);

/**
 * JSON as Meta writes it: whatever is not ASCII is escaped, with lower-case digits. The signature is of these bytes, so
 * a program that signs JSON which it wrote anew computes another.
 */
export function hubJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `X-Hub-Signature-256`: `sha256=` and the hexadecimal HMAC-SHA256 of the body's bytes by the app's secret. */
function hubSignature(body: string, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/**
 * Shakes hands with a program: it must answer the challenge to whom knows the verify token.
 *
 * @throws where it answers otherwise.
 */
export async function subscribeHub(
  { url, verifyToken }: HubSubscription,
  appSecret: string,
  deliver: (request: Request) => Promise<Response>,
): Promise<WebhookTarget> {
  const challenge = String(randomBytes(4).readUInt32BE());
  const asked = new URL(url);
  asked.searchParams.set("hub.mode", "subscribe");
  asked.searchParams.set("hub.challenge", challenge);
  asked.searchParams.set("hub.verify_token", verifyToken);
  const answer = await deliver(new Request(asked, { redirect: "manual" }));
  const text = await answer.text();
  if (answer.status !== 200 || text !== challenge) {
    throw new Error(`The callback URL or verify token couldn't be validated: it answered ${answer.status}.`);
  }
  return { url, headers: (body) => ({ "x-hub-signature-256": hubSignature(body, appSecret) }) };
}

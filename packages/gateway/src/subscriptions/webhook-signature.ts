import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { SigningSecret } from "../store/subscription-store.ts";

/** A new signing secret of 256 random bits, in the form of the Standard Webhooks scheme. */
export function createSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** What is signed of a webhook. */
export interface WebhookContent {
  /** The same for every repetition. */
  id: string;
  /** When it is sent. Milliseconds since 1970. */
  sentAt: number;
  body: string;
}

/**
 * The headers of a webhook by the Standard Webhooks scheme, signed with every secret that has not expired, so that a
 * receiver may hold the old secret or the new one.
 */
export function webhookHeaders(
  { id, sentAt, body }: WebhookContent,
  secrets: readonly SigningSecret[],
): Record<string, string> {
  const signatures = secrets
    .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > sentAt)
    .map(({ secret }) => new Webhook(secret).sign(id, new Date(sentAt), body));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sentAt / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

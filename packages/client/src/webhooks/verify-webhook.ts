import type { Event } from "../contacts-api.ts";
import { InvalidArgumentError } from "../errors/local-errors.ts";
import { SignatureError } from "../errors/signature-error.ts";
import { findMistake } from "./find-mistake.ts";
import { joinBytes } from "./join-bytes.ts";
import { isSigned, secretBytes } from "./signing-key.ts";
import { readWebhookHeaders, type WebhookHeaders } from "./webhook-headers.ts";

/** What verifying can be told. */
export interface VerifyWebhookOptions {
  /** How far the sender's clock may be from this one's, both ways. @default 300 */
  readonly toleranceSeconds?: number | undefined;
  /** The time, in milliseconds since 1970. @default Date.now */
  readonly now?: (() => number) | undefined;
}

const toleranceByDefault = 300;

/**
 * Checks that a webhook comes from the gateway, and was sent just now, by the scheme of https://www.standardwebhooks.com.
 * While a secret is replaced, pass the old one and the new one. The same event can come twice: its `id` tells.
 *
 * @param rawBody The body as it came, before anything parsed it.
 * @throws SignatureError whose `reason` names the mistake; ConfigurationError where the secret cannot be one.
 * @example
 * const event = await verifyWebhook(await request.text(), request.headers, secret);
 */
export async function verifyWebhook(
  rawBody: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = toleranceByDefault, now = Date.now }: VerifyWebhookOptions = {},
): Promise<Event> {
  const body = bytesOf(rawBody);
  const secrets = typeof secret === "string" || !secret ? [secret] : secret;
  const keys = (secrets.length > 0 ? secrets : [undefined]).map(secretBytes);
  const { id, timestamp, signatures } = readWebhookHeaders(headers);
  const contentOf = (bytes: Uint8Array) =>
    joinBytes([new TextEncoder().encode(`${id}.${timestamp}.`), bytes]);
  const matches = await Promise.all(keys.map((key) => isSigned(key, contentOf(body), signatures)));
  if (!matches.includes(true)) throw await findMistake({ body, secrets, signatures, contentOf });
  checkAge(Number(timestamp), now() / 1000, toleranceSeconds);
  return readEvent(body);
}

function bytesOf(rawBody: unknown): Uint8Array<ArrayBuffer> {
  if (typeof rawBody === "string") return new TextEncoder().encode(rawBody);
  if (rawBody instanceof Uint8Array) return new Uint8Array(rawBody);
  if (rawBody instanceof ArrayBuffer) return new Uint8Array(rawBody);
  throw new InvalidArgumentError({
    argument: "rawBody",
    message:
      "`rawBody` must be the bytes or the text of the body; something has parsed it, or it was not read",
    fix: "Verify before the body is parsed: `await request.text()`; with Express, before `express.json()` or with `express.raw()`.",
  });
}

function checkAge(sentAtSeconds: number, nowSeconds: number, toleranceSeconds: number): void {
  const age = Math.round(nowSeconds - sentAtSeconds);
  if (Math.abs(age) <= toleranceSeconds) return;
  const isOld = age > 0;
  throw new SignatureError({
    reason: isOld ? "too_old" : "too_new",
    message: `The webhook was sent ${Math.abs(age)} s ${isOld ? "ago" : "ahead of this clock"}, and ${toleranceSeconds} s are tolerated`,
    fix: isOld
      ? "Somebody may be sending an old one again: do not act on it. If it is new, set the clocks by a time server."
      : "Set the clocks of sender and receiver by a time server.",
  });
}

function readEvent(body: Uint8Array): Event {
  try {
    const event = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as Partial<Event> | null;
    if (typeof event?.id === "string" && typeof event.type === "string") return event as Event;
  } catch {
    // Told below: a parser's own words would quote the body.
  }
  throw new SignatureError({
    reason: "not_an_event",
    message: "The webhook is signed, but its body is not an event",
    fix: "Check that the secret belongs to a subscription of a gateway, and is used for nothing else.",
  });
}

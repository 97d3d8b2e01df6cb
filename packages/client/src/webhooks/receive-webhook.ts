import type { Event } from "../contacts-api.ts";
import { SignatureError } from "../errors/signature-error.ts";
import { type EventHandlers, handleEvent } from "../events/event-handlers.ts";
import { type VerifyWebhookOptions, verifyWebhook } from "./verify-webhook.ts";
import type { WebhookHeaders } from "./webhook-headers.ts";

/** How a route takes webhooks: handlers of events, and what they are verified by. */
export interface WebhookOptions extends EventHandlers, VerifyWebhookOptions {
  /** The signing secret (`whsec_…`); two while one replaces the other. */
  readonly secret: string | readonly string[];
  /** Told why a webhook was refused, or what a handler threw. Handlers' errors are thrown to the framework where it is not given. */
  readonly onError?: ((error: unknown, event?: Event) => void | Promise<void>) | undefined;
}

/** What to answer to a webhook. */
export interface WebhookReply {
  readonly status: number;
  /** JSON. */
  readonly body?: string;
}

/** Most bytes of a webhook that are read. */
export const longestWebhook = 1024 * 1024;

/** Verifies a webhook and gives its event to the handlers. A refused one is answered with 401; an error of a handler with 500, and it comes again. */
export async function receiveWebhook(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  options: WebhookOptions,
): Promise<WebhookReply> {
  const { secret, onError } = options;
  let event: Event | undefined;
  try {
    event = await verifyWebhook(rawBody, headers, secret, options);
    await handleEvent(options, event);
    return { status: 204 };
  } catch (error) {
    const isRefused = event === undefined && SignatureError.is<SignatureError>(error);
    if (!isRefused && !onError) throw error;
    await onError?.(error, event);
    return isRefused ? refusal(error) : { status: 500 };
  }
}

function refusal({ code, reason, message }: SignatureError): WebhookReply {
  return { status: 401, body: JSON.stringify({ code, reason, message }) };
}

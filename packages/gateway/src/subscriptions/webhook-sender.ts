import type { Event } from "@quickcard/client";
import { parseRetryAfter } from "@quickcard/client/retry-after";
import type { GuardedHttp } from "../guarded-http/guarded-http.ts";
import { TargetRefusedError } from "../guarded-http/target-refused-error.ts";
import type { EventRecord } from "../store/records.ts";
import type { SubscriptionRecord } from "../store/subscription-store.ts";
import { version } from "../version.ts";
import type { NotificationOutcome } from "./decide-notification.ts";
import { webhookHeaders } from "./webhook-signature.ts";

/** What a sender stands on. */
export interface WebhookSenderOptions {
  http: GuardedHttp;
  /** An event as the stream tells it. */
  toEvent: (record: EventRecord) => Event;
  /** Milliseconds since 1970. */
  now: () => number;
  retryAfterCapMs: number;
}

/** Tells subscribers, one signed request at a time. */
export interface WebhookSender {
  /** Tells a subscriber of an event, once. Never rejects. */
  tellEvent(
    subscription: SubscriptionRecord,
    event: EventRecord,
    signal: AbortSignal,
  ): Promise<NotificationOutcome>;
  /** Sends a subscriber something to try its URL with. Never rejects. */
  tellTest(
    subscription: SubscriptionRecord,
    testId: string,
    signal: AbortSignal,
  ): Promise<NotificationOutcome>;
}

/** Makes what tells subscribers. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const tell = (subscription: SubscriptionRecord, name: string, value: object, signal: AbortSignal) =>
    post(options, { subscription, id: webhookId(subscription, name), body: JSON.stringify(value), signal });
  return {
    tellEvent: (subscription, event, signal) =>
      tell(subscription, String(event.id), options.toEvent(event), signal),
    tellTest: (subscription, testId, signal) => {
      const timestamp = new Date(options.now()).toISOString();
      const value = { id: testId, type: "subscription.test", timestamp, subscriptionId: subscription.id };
      return tell(subscription, testId, value, signal);
    },
  };
}

/** The same for every repetition of an event, and never that of another event or another gateway's. */
function webhookId({ id }: SubscriptionRecord, name: string): string {
  return `msg_${id.replaceAll("-", "")}_${name}`;
}

interface Webhook {
  subscription: SubscriptionRecord;
  id: string;
  body: string;
  signal: AbortSignal;
}

async function post(
  { http, now, retryAfterCapMs }: WebhookSenderOptions,
  { subscription, id, body, signal }: Webhook,
): Promise<NotificationOutcome> {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "user-agent": `quickcard-gateway/${version}`,
    ...webhookHeaders({ id, sentAt: now(), body }, subscription.secrets),
  };
  try {
    const { status, retryAfter } = await http.post({ url: subscription.url, headers, body, signal });
    const retryAfterMs = parseRetryAfter(retryAfter, now(), retryAfterCapMs);
    return { kind: "answered", status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (error) {
    return { kind: "unanswered", reason: reasonOf(error, signal) };
  }
}

/** Says what failed by its code alone: an error's message may hold addresses of the gateway's own network. */
function reasonOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof TargetRefusedError) return `Not connected to: the URL ${error.message}.`;
  if (signal.aborted) return "The subscriber did not answer in time.";
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return `The connection failed: ${code}.`;
}

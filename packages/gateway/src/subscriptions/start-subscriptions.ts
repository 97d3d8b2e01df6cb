import type { Event } from "@quickcard/client";
import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import { createGuardedHttp, type GuardedHttp } from "../guarded-http/guarded-http.ts";
import type { TargetRules } from "../guarded-http/target-rules.ts";
import type { EventRecord } from "../store/records.ts";
import { defaultNotificationPolicy, type NotificationPolicy } from "./notification-policy.ts";
import { SubscriptionWorker, type SubscriptionWorkerOptions } from "./subscription-worker.ts";
import { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

/** What telling subscribers stands on. */
export interface SubscriptionsOptions extends Pick<SubscriptionWorkerOptions, "store" | "onError"> {
  /** Where subscribers may be. */
  rules: TargetRules;
  /** An event as the stream tells it. */
  toEvent: (record: EventRecord) => Event;
  /** Milliseconds since 1970. */
  now: () => number;
  world: DeliveryWorld;
  policy?: NotificationPolicy;
  http?: GuardedHttp;
}

/** Tells subscribers what happens until it is stopped. */
export interface Subscriptions {
  sender: WebhookSender;
  stop(): Promise<void>;
}

export function startSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { store, onError, rules, toEvent, now, world } = options;
  const policy = options.policy ?? defaultNotificationPolicy;
  const http = options.http ?? createGuardedHttp({ rules });
  const sender = createWebhookSender({ http, toEvent, now, retryAfterCapMs: policy.retryAfterCapMs });
  const worker = new SubscriptionWorker({ store, sender, policy, world, onError });
  worker.start();
  return {
    sender,
    async stop() {
      await worker.stop();
      await http.close();
    },
  };
}

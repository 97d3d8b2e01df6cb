import type { Event } from "@quickcard/client";
import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import { linkSubscriptionId } from "../genesys-cloud/link-subscription.ts";
import { createGuardedHttp, type GuardedHttp } from "../guarded-http/guarded-http.ts";
import type { TargetRules } from "../guarded-http/target-rules.ts";
import type { EventRecord } from "../store/records.ts";
import { decideNotification } from "./decide-notification.ts";
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

/** Starts to tell subscribers. */
export function startSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { store, onError, rules, toEvent, now, world } = options;
  const policy = options.policy ?? defaultNotificationPolicy;
  const http = options.http ?? createGuardedHttp({ rules });
  const sender = createWebhookSender({ http, toEvent, now, retryAfterCapMs: policy.retryAfterCapMs });
  const random = () => world.random();
  const worker = new SubscriptionWorker({
    store,
    // Those that are linked to Genesys Cloud tell it by a worker of their own.
    choice: { except: linkSubscriptionId },
    async tell(claim, signal) {
      const { subscription, event, attempt } = claim;
      const outcome = await sender.tellEvent(subscription, event, signal);
      return decideNotification(outcome, { attempt, policy, random });
    },
    policy,
    world,
    onError,
  });
  worker.start();
  return {
    sender,
    async stop() {
      await worker.stop();
      await http.close();
    },
  };
}

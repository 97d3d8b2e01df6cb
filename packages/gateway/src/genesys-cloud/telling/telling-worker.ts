import type { DeliveryWorld } from "../../delivery/delivery-worker.ts";
import type { Store } from "../../store/store.ts";
import {
  defaultNotificationPolicy,
  type NotificationPolicy,
} from "../../subscriptions/notification-policy.ts";
import { SubscriptionWorker } from "../../subscriptions/subscription-worker.ts";
import type { LinkPolicy } from "../link-policy.ts";
import { linkSubscriptionId } from "../link-subscription.ts";
import { tellGenesysCloud } from "./tell-genesys-cloud.ts";
import type { TellOptions } from "./telling.ts";
import { UntoldEvents } from "./untold-events.ts";

/** What the worker stands on. */
export interface TellingWorkerOptions extends Omit<TellOptions, "store" | "untold" | "random"> {
  store: Store;
  world: DeliveryWorld;
  notificationPolicy?: Partial<NotificationPolicy> | undefined;
  onError: (error: unknown, what: string) => void;
}

/** Tells Genesys Cloud what happens, each contact's events in their order, until it is stopped. */
export function createTellingWorker({
  notificationPolicy,
  onError,
  ...options
}: TellingWorkerOptions): SubscriptionWorker {
  const { store, policy, world } = options;
  const untold = new UntoldEvents();
  const startedAt = world.monotonicNow();
  return new SubscriptionWorker({
    store,
    choice: { only: linkSubscriptionId },
    async tell(claim, signal) {
      // What a process before this one began may still be carried out: until then a look would prove nothing.
      const settlesInMs = startedAt + policy.settleMs - world.monotonicNow();
      if (claim.attempt > 1 && settlesInMs > 0) {
        return {
          kind: "retry",
          reason: "An earlier process may have told it.",
          afterMs: Math.ceil(settlesInMs),
        };
      }
      return tellGenesysCloud({ ...options, untold, random: () => world.random() }, claim, signal);
    },
    policy: { ...tellingPolicy(policy), ...notificationPolicy },
    world,
    onError,
  });
}

/** How many events a process tells at once. */
const mostInFlight = 16;

/** How long after its claim an event may begin to be told: longer than the store may take to answer. */
const beginWithinMs = 20_000;

/**
 * Each process has its own number of events under way, and no share of others': one that dies holds up the contacts that it was telling of
 * alone. Whoever takes those over looks whether they were told, so that a lease ends only when a request that was begun under it must
 * have shown.
 */
function tellingPolicy({ settleMs }: LinkPolicy): NotificationPolicy {
  const leaseMarginMs = Math.max(defaultNotificationPolicy.leaseMarginMs, settleMs);
  return {
    ...defaultNotificationPolicy,
    leaseMarginMs,
    leaseMs: leaseMarginMs + beginWithinMs,
    maxInFlight: mostInFlight,
    maxInFlightPerSubscription: 2 ** 31 - 1,
  };
}

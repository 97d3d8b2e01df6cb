import type { SubscriptionStore } from "../subscription-store.ts";
import type { Connection } from "./connection.ts";
import * as lanes from "./notification-lanes.ts";
import * as subscriptions from "./subscription-tables.ts";

/** How a part of the store reaches the database. */
interface Access {
  read<Result>(work: () => Result): Promise<Result>;
  write<Result>(work: () => Result): Promise<Result>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The subscriptions of the SQLite store. */
export function subscriptionMethods(connection: Connection, { read, write, now }: Access): SubscriptionStore {
  return {
    insertSubscription: (record, limit) =>
      write(() => subscriptions.insertSubscription(connection, record, limit)),
    findSubscription: (id) => read(() => subscriptions.findSubscription(connection, id)),
    listSubscriptions: () => read(() => subscriptions.listSubscriptions(connection)),
    updateSubscription: (id, update) => write(() => subscriptions.updateSubscription(connection, id, update)),
    rotateSecret: (id, secret, previous) =>
      write(() => subscriptions.rotateSecret(connection, id, secret, { ...previous, now: now() })),
    deleteSubscription: (id) => write(() => subscriptions.deleteSubscription(connection, id)),
    findStanding: (id) => read(() => subscriptions.findStanding(connection, id)),
    replayEvents: (id, range) => write(() => subscriptions.replayEvents(connection, id, range, now())),
    async claimNotifications(request) {
      // Asked at every commit of an event, by far the most often for nothing.
      if (await read(() => lanes.hasDueNotifications(connection, request, now()))) {
        return write(() => lanes.claimNotifications(connection, request, now()));
      }
      return {
        claims: [],
        nextInMs: await read(() => lanes.nextNotificationInMs(connection, request, now())),
      };
    },
    settleNotification: (claim, result) =>
      write(() => lanes.settleNotification(connection, claim, result, now())),
  };
}

import type { SubscriptionRecord, SubscriptionStanding } from "../store/subscription-store.ts";
import { apiBase, toTimestamp } from "./resources.ts";

/** Where subscriptions are. */
export const subscriptionsPath = `${apiBase}/subscriptions`;

/** A subscription as the API shows it: never with its secrets. */
export function toSubscription(record: SubscriptionRecord, standing?: SubscriptionStanding) {
  const { secrets: _, createdAt, ...rest } = record;
  return {
    ...rest,
    createdAt: toTimestamp(createdAt),
    ...(standing ? { standing: toStanding(standing) } : {}),
    selfUri: `${subscriptionsPath}/${record.id}`,
  };
}

function toStanding({ waiting, failingSince, lastAttempt, passedOver }: SubscriptionStanding) {
  return {
    waiting,
    ...(failingSince === undefined ? {} : { failingSince: toTimestamp(failingSince) }),
    ...(lastAttempt ? { lastAttempt: withTimestamp(lastAttempt) } : {}),
    passedOver: passedOver.map(({ eventId, ...rest }) => ({
      eventId: String(eventId),
      ...withTimestamp(rest),
    })),
  };
}

function withTimestamp<Entry extends { at: number }>({ at, ...rest }: Entry) {
  return { timestamp: toTimestamp(at), ...rest };
}

import type { SubscriptionRecord } from "../store/subscription-store.ts";

/** The subscription whose lanes lead to Genesys Cloud: its events are told by requests of the platform's API, to no URL. */
export const linkSubscriptionId = "genesys-cloud";

/** All gateways that share a store are told of the same events by this one. */
export function linkSubscription(createdAt: number): SubscriptionRecord {
  return {
    id: linkSubscriptionId,
    url: "genesys-cloud:",
    events: ["message.inbound", "message.status", "conversation.state"],
    secrets: [],
    state: "active",
    createdAt,
  };
}

/** It is kept however many others there are: as many as the store can count. */
export const mostSubscriptions = 2 ** 31 - 1;

/** Subscriptions as they travel, typed like the rest of the contacts API: every field name is the wire's own. */
import type { Event } from "./contacts-api.ts";

/** What can happen. */
export type EventType = Event["type"];

/** An event that a subscriber was never told of, since every attempt failed. */
export interface PassedOverEvent {
  eventId: string;
  contactId: string;
  /** When it was given up. */
  timestamp: string;
  attempts: number;
  reason: string;
}

/** How the notifications of a subscription go. */
export interface SubscriptionStanding {
  /** How many events wait to be told. Not counted beyond 10,000. */
  waiting: number;
  /** Since when the subscriber does not take an event that is tried again and again. Absent where all is well. */
  failingSince?: string;
  lastAttempt?: {
    timestamp: string;
    /** What the subscriber answered. Absent where no answer came. */
    status?: number;
    /** Why it did not succeed. */
    reason?: string;
  };
  /** Newest first, at most 100. `replay` tells of them again. */
  passedOver: PassedOverEvent[];
}

/** A URL that is told of events by signed webhooks. */
export interface Subscription {
  id: string;
  url: string;
  /** Which types of event it is told of. */
  events: EventType[];
  /** `ended`: it is told nothing until it is made active again, and then goes on where it stood. */
  state: "active" | "ended";
  /** Why it ended. */
  endedReason?: string;
  createdAt: string;
  /** On `GET …/subscriptions/{subscriptionId}` only. */
  standing?: SubscriptionStanding;
  selfUri: string;
}

/** A subscription with the secret that its webhooks are signed with. It is shown this once. */
export interface CreatedSubscription extends Subscription {
  /** `whsec_…`, as the libraries of https://www.standardwebhooks.com take it. */
  secret: string;
}

/** What a subscription is made from. */
export interface NewSubscription {
  /** `https:`, unless the gateway's operator allows `http:`. */
  url: string;
  /** Default: all types. */
  events?: EventType[];
}

/** What of a subscription can be changed. */
export interface SubscriptionChanges {
  url?: string;
  events?: EventType[];
  /** `false` ends it, `true` lets it go on where it stood. */
  active?: boolean;
}

/** A new secret. It is shown this once. */
export interface RotatedSecret {
  secret: string;
  /** Until when webhooks are signed with the secret before as well. */
  previousExpiresAt: string;
}

/** What came of a test. */
export interface SubscriptionTest {
  /** Whether the subscriber answered with a 2xx. */
  delivered: boolean;
  status?: number;
  /** Why it was not delivered. */
  reason?: string;
  durationMs: number;
}

/** Which events to tell again. */
export interface ReplayRange {
  /** ISO 8601. */
  from: string;
  /** Events before this instant (ISO 8601). Default: now. */
  to?: string;
}

/** How many events are told again. */
export interface Replay {
  events: number;
}

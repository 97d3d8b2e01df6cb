import type { Event } from "@quickcard/client";
import type { EventRecord } from "./records.ts";

/** What a notification's signature is made with. */
export interface SigningSecret {
  /** `whsec_` and the base64 of 32 random bytes. Kept as it is, since signing needs it. */
  secret: string;
  /** Absent on the newest one. */
  expiresAt?: number;
}

/** A URL that is told of events. */
export interface SubscriptionRecord {
  id: string;
  url: string;
  /** Which types of event it is told of. */
  events: Event["type"][];
  /** Newest first. */
  secrets: SigningSecret[];
  state: "active" | "ended";
  /** Why it was ended. */
  endedReason?: string;
  createdAt: number;
}

/** What of a subscription can be changed. `active` goes on where the subscription stood when it was ended. */
export interface SubscriptionUpdate {
  url?: string;
  events?: Event["type"][];
  state?: "active" | { ended: string };
}

/** An event that a subscription was not told of, since every attempt failed. */
export interface PassedOverRecord {
  eventId: number;
  contactId: string;
  at: number;
  attempts: number;
  reason: string;
}

/** How the notifications of a subscription go. */
export interface SubscriptionStanding {
  /** How many events wait to be told, counted up to `waitingCountLimit`. */
  waiting: number;
  /** Since when the oldest notification that has not succeeded is tried; absent where none fails. */
  failingSince?: number;
  lastAttempt?: { at: number; status?: number; reason?: string };
  /** Newest first, at most `passedOverLimit`. */
  passedOver: PassedOverRecord[];
}

/** How far a standing counts the events that wait. */
export const waitingCountLimit = 10_000;

/** How many passed over events are kept of a subscription. */
export const passedOverLimit = 100;

/** Of which subscriptions a worker tells, by their ids: without either, of all. */
export interface SubscriptionChoice {
  only?: string;
  except?: string;
}

/** What a worker asks for. */
export interface NotificationRequest extends SubscriptionChoice {
  /** At most this many notifications. */
  limit: number;
  /** At most this many of one subscription under way at once, over all processes. */
  limitPerSubscription: number;
  /** How long the claims hold, by the store's clock. */
  leaseMs: number;
}

/**
 * The next event of one contact for one subscription, held by one worker. No other event of that contact is told to
 * the subscription until this is settled or the lease runs out; from then on `epoch` is another.
 */
export interface NotificationClaim {
  subscription: SubscriptionRecord;
  event: EventRecord;
  epoch: number;
  /** 1 for the first. Counts also those whose worker never reported. */
  attempt: number;
}

/** What a worker got. */
export interface NotificationClaims {
  claims: NotificationClaim[];
  /** How long until there may be more, by the store's clock; `undefined` where nothing waits. */
  nextInMs: number | undefined;
}

/** What becomes of a notification. */
export type NotificationResult = { status?: number } & (
  | { kind: "taken" }
  /** `pauseMs`: nothing more to this subscription for so long. */
  | { kind: "retry"; reason: string; afterMs: number; pauseMs?: number }
  /** The subscriber is never told of this event; its contact's next one goes. */
  | { kind: "passed-over"; reason: string }
  /** The subscription ends; this event is told first should it be made active again. */
  | { kind: "ended"; reason: string }
);

/**
 * Subscriptions and how far each has been told. Notifications are not copied from the event log: a lane for each
 * subscription and contact holds the place of its next event. A lane whose event is gone from the log goes on to the
 * next one.
 */
export interface SubscriptionStore {
  /** Keeps a subscription; it is told of what happens from now on. `false`, and nothing kept, where there are `limit`. */
  insertSubscription(subscription: SubscriptionRecord, limit: number): Promise<boolean>;
  findSubscription(id: string): Promise<SubscriptionRecord | undefined>;
  /** Oldest first. */
  listSubscriptions(): Promise<SubscriptionRecord[]>;
  updateSubscription(id: string, update: SubscriptionUpdate): Promise<SubscriptionRecord | undefined>;
  /**
   * Puts a new secret in front. Those there were expire at `previousUntil` at the latest, and of them the newest
   * `keep` that have not expired yet stay.
   */
  rotateSecret(
    id: string,
    secret: string,
    previous: { until: number; keep: number },
  ): Promise<SubscriptionRecord | undefined>;
  deleteSubscription(id: string): Promise<boolean>;
  findStanding(id: string): Promise<SubscriptionStanding | undefined>;
  /**
   * Puts events of `[from, to)` that were told before back in front of what waits, contact by contact, and says how
   * many there are. `undefined` where there is no such subscription.
   */
  replayEvents(id: string, range: { from: number; to: number }): Promise<number | undefined>;

  /** Claims notifications of active subscriptions that are due, those that have been due longest first. */
  claimNotifications(request: NotificationRequest): Promise<NotificationClaims>;
  /** Takes a worker's report and lets the lane go on. `false`, and no change, where the claim holds no more. */
  settleNotification(claim: NotificationClaim, result: NotificationResult): Promise<boolean>;
}

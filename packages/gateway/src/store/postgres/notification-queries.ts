import {
  type NotificationClaim,
  type NotificationClaims,
  type NotificationRequest,
  type NotificationResult,
  passedOverLimit,
} from "../subscription-store.ts";
import type { Database } from "./database.ts";
import { type EventRow, eventFromRow } from "./rows.ts";
import { storableText } from "./storable-text.ts";
import { type SubscriptionRow, subscriptionFromRow } from "./subscription-queries.ts";

/** A row of `claim_notifications`; without a subscription where nothing was claimed. */
type ClaimRow = { next_in_ms: number | null } & (
  | { subscription_id: null }
  | { subscription_id: string; event_id: number; epoch: number; attempt: number }
);

export async function claimNotifications(
  database: Database,
  request: NotificationRequest,
  clockOffsetMs: number,
): Promise<NotificationClaims> {
  const rows = await database.query<ClaimRow>(
    "SELECT * FROM quickcard.claim_notifications($1, $2, $3, $4, $5, $6)",
    request.limit,
    request.limitPerSubscription,
    request.leaseMs,
    clockOffsetMs,
    request.only ?? null,
    request.except ?? null,
  );
  const claimed = rows.flatMap((row) => (row.subscription_id === null ? [] : row));
  const nextInMs = rows[0]?.next_in_ms ?? undefined;
  return { claims: claimed.length > 0 ? await withRecords(database, claimed) : [], nextInMs };
}

async function withRecords(
  database: Database,
  claimed: (ClaimRow & { subscription_id: string })[],
): Promise<NotificationClaim[]> {
  const subscriptionRows = await database.query<SubscriptionRow>(
    "SELECT * FROM quickcard.subscriptions WHERE id = ANY ($1)",
    [...new Set(claimed.map((row) => row.subscription_id))],
  );
  const eventRows = await database.query<EventRow>(
    "SELECT * FROM quickcard.told_events WHERE event_id = ANY ($1)",
    [...new Set(claimed.map((row) => row.event_id))],
  );
  const subscriptions = new Map(subscriptionRows.map((row) => [row.id, row]));
  const events = new Map(eventRows.map((row) => [row.event_id, row]));
  return claimed.flatMap(({ subscription_id, event_id, epoch, attempt }) => {
    const subscription = subscriptions.get(subscription_id);
    const event = events.get(event_id);
    // Either may have been deleted in between: the lane goes with it, or goes on when the lease runs out.
    if (!subscription || !event) return [];
    return [{ subscription: subscriptionFromRow(subscription), event: eventFromRow(event), epoch, attempt }];
  });
}

export async function settleNotification(
  database: Database,
  { subscription, event, epoch, attempt }: NotificationClaim,
  result: NotificationResult,
  clockOffsetMs: number,
): Promise<boolean> {
  const [row] = await database.query<{ taken: boolean }>(
    "SELECT quickcard.settle_notification($1, $2, $3, $4, $5, $6, $7, $8) AS taken",
    subscription.id,
    event.contactId,
    event.id,
    epoch,
    attempt,
    JSON.stringify(result.kind === "taken" ? result : { ...result, reason: storableText(result.reason) }),
    passedOverLimit,
    clockOffsetMs,
  );
  return row?.taken === true;
}

import type { EventRecord } from "../records.ts";
import {
  type NotificationClaim,
  type NotificationClaims,
  type NotificationRequest,
  type NotificationResult,
  passedOverLimit,
  type SubscriptionChoice,
} from "../subscription-store.ts";
import type { Connection } from "./connection.ts";
import { findContactSeq, readEvents } from "./event-table.ts";
import {
  isWaiting,
  type SubscriptionRow,
  subscriptionFromRow,
  updateSubscription,
} from "./subscription-tables.ts";

/** How many events one claim spreads over lanes. */
const spreadBatch = 1000;

/** Which subscriptions are asked for: the parameters after the instant. */
const isChosen = "(?2 IS NULL OR id = ?2) AND (?3 IS NULL OR id <> ?3)";

function chosenBy({ only, except }: SubscriptionChoice): [only: string | null, except: string | null] {
  return [only ?? null, except ?? null];
}

/** Whether a claim would find anything: asked before one writes. */
export function hasDueNotifications(
  connection: Connection,
  choice: SubscriptionChoice,
  now: number,
): boolean {
  const due = connection.get(
    `SELECT 1 FROM subscriptions s WHERE state = 'active' AND paused_until <= ?1 AND ${isChosen}
       AND (spread_to < (SELECT max(id) FROM events)
         OR EXISTS (SELECT 1 FROM subscription_lanes WHERE subscription_id = s.id AND due_at <= ?1)) LIMIT 1`,
    now,
    ...chosenBy(choice),
  );
  return due !== undefined;
}

/** How long until a lane is due or a pause is over. */
export function nextNotificationInMs(
  connection: Connection,
  choice: SubscriptionChoice,
  now: number,
): number | undefined {
  const next = connection.get<{ at: number | null }>(
    `SELECT min(CASE WHEN paused_until > ?1 THEN paused_until ELSE
         (SELECT min(due_at) FROM subscription_lanes WHERE subscription_id = s.id AND due_at > ?1) END) AS at
     FROM subscriptions s WHERE state = 'active' AND ${isChosen}`,
    now,
    ...chosenBy(choice),
  );
  return next?.at == null ? undefined : next.at - now;
}

export function claimNotifications(
  connection: Connection,
  request: NotificationRequest,
  now: number,
): NotificationClaims {
  const claims: NotificationClaim[] = [];
  let hasMore = false;
  const rows = connection.all<SubscriptionRow>(
    `SELECT * FROM subscriptions WHERE state = 'active' AND paused_until <= ?1 AND ${isChosen} ORDER BY seq`,
    now,
    ...chosenBy(request),
  );
  for (const row of rows) {
    hasMore = spread(connection, row, now) || hasMore;
    const room = Math.min(
      request.limit - claims.length,
      request.limitPerSubscription - countUnderWay(connection, row.id, now),
    );
    if (room > 0) claims.push(...claimLanes(connection, row, room, now, request.leaseMs));
  }
  return { claims, nextInMs: hasMore ? 0 : nextNotificationInMs(connection, request, now) };
}

/** Makes lanes of new events. `true` where there may be more. */
function spread(connection: Connection, row: SubscriptionRow, now: number): boolean {
  const batch = connection.get<{ last: number | null; n: number }>(
    "SELECT max(id) AS last, count(*) AS n FROM (SELECT id FROM events WHERE id > ? ORDER BY id LIMIT ?)",
    row.spread_to,
    spreadBatch,
  );
  if (batch?.last == null) return false;
  connection.run(
    `INSERT INTO subscription_lanes (subscription_id, contact_seq, next_event_id, due_at)
     SELECT ?, contact_seq, min(id), ? FROM events
     WHERE id > ? AND id <= ? AND type IN (SELECT value FROM json_each(?)) GROUP BY contact_seq
     ON CONFLICT (subscription_id, contact_seq) DO NOTHING`,
    row.id,
    now,
    row.spread_to,
    batch.last,
    row.events,
  );
  connection.run("UPDATE subscriptions SET spread_to = ? WHERE id = ?", batch.last, row.id);
  return batch.n === spreadBatch;
}

function countUnderWay(connection: Connection, subscriptionId: string, now: number): number {
  const counted = connection.get<{ n: number }>(
    "SELECT count(*) AS n FROM subscription_lanes WHERE subscription_id = ? AND is_claimed = 1 AND due_at > ?",
    subscriptionId,
    now,
  );
  return counted?.n ?? 0;
}

interface DueLane {
  contact_seq: number;
  attempts: number;
}

function claimLanes(
  connection: Connection,
  row: SubscriptionRow,
  room: number,
  now: number,
  leaseMs: number,
): NotificationClaim[] {
  const subscription = subscriptionFromRow(row);
  const lanes = connection.all<DueLane>(
    `SELECT contact_seq, attempts FROM subscription_lanes WHERE subscription_id = ? AND due_at <= ?
     ORDER BY due_at, next_event_id LIMIT ?`,
    row.id,
    now,
    room,
  );
  let epoch = row.epochs;
  const claims = lanes.flatMap(({ contact_seq, attempts }): NotificationClaim[] => {
    const event = firstWaiting(connection, row.id, contact_seq);
    if (!event) {
      deleteLane(connection, row.id, contact_seq);
      return [];
    }
    epoch += 1;
    connection.run(
      `UPDATE subscription_lanes SET next_event_id = ?, due_at = ?, is_claimed = 1, epoch = ?, attempts = ?
       WHERE subscription_id = ? AND contact_seq = ?`,
      event.id,
      now + leaseMs,
      epoch,
      attempts + 1,
      row.id,
      contact_seq,
    );
    return [{ subscription, event, epoch, attempt: attempts + 1 }];
  });
  connection.run("UPDATE subscriptions SET epochs = ? WHERE id = ?", epoch, row.id);
  return claims;
}

function firstWaiting(
  connection: Connection,
  subscriptionId: string,
  contactSeq: number,
): EventRecord | undefined {
  const first = connection.get<{ id: number }>(
    `SELECT e.id FROM subscription_lanes l JOIN subscriptions s ON s.id = l.subscription_id
       CROSS JOIN event_blocks b CROSS JOIN events e ON ${isWaiting}
     WHERE l.subscription_id = ? AND l.contact_seq = ? ORDER BY b.block, e.id LIMIT 1`,
    subscriptionId,
    contactSeq,
  );
  return first && readEvents(connection, first.id - 1, 1)[0];
}

function deleteLane(connection: Connection, subscriptionId: string, contactSeq: number): void {
  connection.run(
    "DELETE FROM subscription_lanes WHERE subscription_id = ? AND contact_seq = ?",
    subscriptionId,
    contactSeq,
  );
}

/** Frees what a worker that died held: its notifications are told again at once. */
export function endNotificationLeases(connection: Connection, now: number): void {
  connection.run("UPDATE subscription_lanes SET due_at = ?1 WHERE is_claimed = 1 AND due_at > ?1", now);
}

export function settleNotification(
  connection: Connection,
  claim: NotificationClaim,
  result: NotificationResult,
  now: number,
): boolean {
  const { subscription, event, epoch } = claim;
  const contactSeq = findContactSeq(connection, event.contactId) ?? null;
  const released = connection.run(
    `UPDATE subscription_lanes SET is_claimed = 0, due_at = ?
     WHERE subscription_id = ? AND contact_seq = ? AND epoch = ? AND is_claimed = 1`,
    now,
    subscription.id,
    contactSeq,
    epoch,
  );
  if (contactSeq === null || released === 0) return false;
  const failure = result.kind === "taken" ? undefined : result.reason;
  connection.run(
    "UPDATE subscriptions SET last_attempt_at = ?, last_status = ?, last_reason = ? WHERE id = ?",
    now,
    result.status ?? null,
    failure ?? null,
    subscription.id,
  );
  if (result.kind === "retry" || result.kind === "ended")
    keepTrying(connection, claim, contactSeq, result, now);
  else {
    if (result.kind === "passed-over") notePassedOver(connection, claim, result.reason, now);
    advance(connection, claim, contactSeq);
  }
  return true;
}

function keepTrying(
  connection: Connection,
  { subscription }: NotificationClaim,
  contactSeq: number,
  result: NotificationResult & { kind: "retry" | "ended" },
  now: number,
): void {
  const afterMs = result.kind === "retry" ? result.afterMs : 0;
  connection.run(
    `UPDATE subscription_lanes SET due_at = ?, failing_since = coalesce(failing_since, ?)
     WHERE subscription_id = ? AND contact_seq = ?`,
    now + afterMs,
    now,
    subscription.id,
    contactSeq,
  );
  if (result.kind === "ended") {
    updateSubscription(connection, subscription.id, { state: { ended: result.reason } });
  } else if (result.pauseMs !== undefined) {
    connection.run(
      "UPDATE subscriptions SET paused_until = max(paused_until, ?) WHERE id = ?",
      now + result.pauseMs,
      subscription.id,
    );
  }
}

function notePassedOver(
  connection: Connection,
  { subscription, event, attempt }: NotificationClaim,
  reason: string,
  now: number,
): void {
  connection.run(
    `INSERT INTO passed_over_events (subscription_id, event_id, contact_id, at, attempts, reason)
     VALUES (?, ?, ?, ?, ?, ?)`,
    subscription.id,
    event.id,
    event.contactId,
    now,
    attempt,
    reason,
  );
  connection.run(
    `DELETE FROM passed_over_events WHERE subscription_id = ?1 AND seq <= (
       SELECT seq FROM passed_over_events WHERE subscription_id = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)`,
    subscription.id,
    passedOverLimit,
  );
}

/** Lets a lane go on behind an event, unless a replay has put it back in the meantime. */
function advance(
  connection: Connection,
  { subscription, event }: NotificationClaim,
  contactSeq: number,
): void {
  connection.run(
    `UPDATE subscription_lanes SET attempts = 0, failing_since = NULL,
       next_event_id = CASE WHEN next_event_id = ?1 THEN ?1 + 1 ELSE next_event_id END
     WHERE subscription_id = ?2 AND contact_seq = ?3`,
    event.id,
    subscription.id,
    contactSeq,
  );
  if (!firstWaiting(connection, subscription.id, contactSeq)) {
    deleteLane(connection, subscription.id, contactSeq);
  }
}

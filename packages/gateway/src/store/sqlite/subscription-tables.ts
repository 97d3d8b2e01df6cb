import { type LanePlace, type ReplayRange, rewindLane } from "../rewind-lane.ts";
import {
  type PassedOverRecord,
  passedOverLimit,
  type SigningSecret,
  type SubscriptionRecord,
  type SubscriptionStanding,
  type SubscriptionUpdate,
  waitingCountLimit,
} from "../subscription-store.ts";
import type { Connection } from "./connection.ts";

/** A row of `subscriptions`. */
export interface SubscriptionRow {
  id: string;
  url: string;
  events: string;
  secrets: string;
  state: "active" | "ended";
  ended_reason: string | null;
  created_at: number;
  spread_to: number;
  paused_until: number;
  epochs: number;
  last_attempt_at: number | null;
  last_status: number | null;
  last_reason: string | null;
}

export function subscriptionFromRow(row: SubscriptionRow): SubscriptionRecord {
  return {
    id: row.id,
    url: row.url,
    events: JSON.parse(row.events) as SubscriptionRecord["events"],
    secrets: JSON.parse(row.secrets) as SigningSecret[],
    state: row.state,
    ...(row.ended_reason === null ? {} : { endedReason: row.ended_reason }),
    createdAt: row.created_at,
  };
}

export function insertSubscription(
  connection: Connection,
  record: SubscriptionRecord,
  limit: number,
): boolean {
  const made = connection.run(
    `INSERT INTO subscriptions (id, url, events, secrets, state, created_at, spread_to)
     SELECT ?, ?, ?, ?, ?, ?, coalesce((SELECT max(id) FROM events), 0)
     WHERE (SELECT count(*) FROM subscriptions) < ?`,
    record.id,
    record.url,
    JSON.stringify(record.events),
    JSON.stringify(record.secrets),
    record.state,
    record.createdAt,
    limit,
  );
  return made > 0;
}

export function findSubscription(connection: Connection, id: string): SubscriptionRecord | undefined {
  const row = findRow(connection, id);
  return row && subscriptionFromRow(row);
}

function findRow(connection: Connection, id: string): SubscriptionRow | undefined {
  return connection.get<SubscriptionRow>("SELECT * FROM subscriptions WHERE id = ?", id);
}

export function listSubscriptions(connection: Connection): SubscriptionRecord[] {
  return connection.all<SubscriptionRow>("SELECT * FROM subscriptions ORDER BY seq").map(subscriptionFromRow);
}

export function updateSubscription(
  connection: Connection,
  id: string,
  { url, events, state }: SubscriptionUpdate,
): SubscriptionRecord | undefined {
  const before = findSubscription(connection, id);
  if (!before) return undefined;
  const isEnding = typeof state === "object";
  connection.run(
    "UPDATE subscriptions SET url = ?, events = ?, state = ?, ended_reason = ? WHERE id = ?",
    url ?? before.url,
    JSON.stringify(events ?? before.events),
    state === undefined ? before.state : isEnding ? "ended" : "active",
    state === undefined ? (before.endedReason ?? null) : isEnding ? state.ended : null,
    id,
  );
  connection.markChanged("events");
  return findSubscription(connection, id);
}

export function rotateSecret(
  connection: Connection,
  id: string,
  secret: string,
  previous: { until: number; keep: number; now: number },
): SubscriptionRecord | undefined {
  const before = findSubscription(connection, id);
  if (!before) return undefined;
  const older = before.secrets
    .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > previous.now)
    .map((old) => ({ ...old, expiresAt: Math.min(old.expiresAt ?? previous.until, previous.until) }));
  const secrets = [{ secret }, ...older.slice(0, previous.keep)];
  connection.run("UPDATE subscriptions SET secrets = ? WHERE id = ?", JSON.stringify(secrets), id);
  return { ...before, secrets };
}

export function deleteSubscription(connection: Connection, id: string): boolean {
  return connection.run("DELETE FROM subscriptions WHERE id = ?", id) > 0;
}

/** What an event `e` of a block `b` is that waits in a lane `l` of a subscription `s`. */
export const isWaiting = `
  b.block >= l.next_event_id >> 12 AND b.block <= s.spread_to >> 12 AND e.block = b.block
  AND e.contact_seq = l.contact_seq AND e.id >= l.next_event_id AND e.id <= s.spread_to
  AND e.type IN (SELECT value FROM json_each(s.events))
  AND (l.skip_after IS NULL OR e.id <= l.skip_after OR e.id > l.skip_until)`;

export function findStanding(connection: Connection, id: string): SubscriptionStanding | undefined {
  const row = findRow(connection, id);
  if (!row) return undefined;
  const failing = connection.get<{ since: number | null }>(
    "SELECT min(failing_since) AS since FROM subscription_lanes WHERE subscription_id = ?",
    id,
  );
  return {
    waiting: countWaiting(connection, id),
    ...(failing?.since == null ? {} : { failingSince: failing.since }),
    ...(row.last_attempt_at === null ? {} : { lastAttempt: lastAttemptOf(row, row.last_attempt_at) }),
    passedOver: connection.all<PassedOverRecord>(
      `SELECT event_id AS eventId, contact_id AS contactId, at, attempts, reason FROM passed_over_events
       WHERE subscription_id = ? ORDER BY seq DESC LIMIT ?`,
      id,
      passedOverLimit,
    ),
  };
}

function lastAttemptOf(row: SubscriptionRow, at: number): NonNullable<SubscriptionStanding["lastAttempt"]> {
  return {
    at,
    ...(row.last_status === null ? {} : { status: row.last_status }),
    ...(row.last_reason === null ? {} : { reason: row.last_reason }),
  };
}

function countWaiting(connection: Connection, id: string): number {
  const counted = connection.get<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM (
         SELECT e.id FROM subscriptions s JOIN subscription_lanes l ON l.subscription_id = s.id
           CROSS JOIN event_blocks b CROSS JOIN events e ON ${isWaiting} WHERE s.id = ?1
         UNION ALL
         SELECT e.id FROM subscriptions s JOIN events e ON e.id > s.spread_to
           AND e.type IN (SELECT value FROM json_each(s.events)) WHERE s.id = ?1)
       LIMIT ${waitingCountLimit})`,
    id,
  );
  return counted?.n ?? 0;
}

export function replayEvents(
  connection: Connection,
  id: string,
  { from, to }: { from: number; to: number },
  now: number,
): number | undefined {
  const row = findRow(connection, id);
  if (!row) return undefined;
  const ranges = connection.all<ReplayRange & { contact_seq: number; n: number }>(
    `SELECT contact_seq, min(id) AS first, max(id) AS last, count(*) AS n FROM events
     WHERE created_at >= ? AND created_at < ? AND id <= ?
       AND type IN (SELECT value FROM json_each(?)) GROUP BY contact_seq`,
    from,
    to,
    row.spread_to,
    row.events,
  );
  for (const { contact_seq, first, last } of ranges) {
    const lane = findPlace(connection, id, contact_seq);
    const place = rewindLane(lane, { first, last }, row.spread_to);
    if (place !== lane) putPlace(connection, id, contact_seq, place, now);
  }
  connection.markChanged("events");
  return ranges.reduce((sum, { n }) => sum + n, 0);
}

function findPlace(connection: Connection, id: string, contactSeq: number): LanePlace | undefined {
  const row = connection.get<{ next: number; after: number | null; until: number | null }>(
    `SELECT next_event_id AS next, skip_after AS after, skip_until AS until FROM subscription_lanes
     WHERE subscription_id = ? AND contact_seq = ?`,
    id,
    contactSeq,
  );
  if (!row || row.after === null || row.until === null) return row && { next: row.next };
  return { next: row.next, skip: { after: row.after, until: row.until } };
}

/** What is under way stays so: its report finds that the lane was put back. */
function putPlace(
  connection: Connection,
  id: string,
  contactSeq: number,
  place: LanePlace,
  now: number,
): void {
  connection.run(
    `INSERT INTO subscription_lanes (subscription_id, contact_seq, next_event_id, skip_after, skip_until, due_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (subscription_id, contact_seq) DO UPDATE SET
       next_event_id = excluded.next_event_id, skip_after = excluded.skip_after, skip_until = excluded.skip_until,
       due_at = CASE WHEN is_claimed = 1 THEN due_at ELSE excluded.due_at END, attempts = 0, failing_since = NULL`,
    id,
    contactSeq,
    place.next,
    place.skip?.after ?? null,
    place.skip?.until ?? null,
    now,
  );
}

import { type LanePlace, rewindLane } from "../rewind-lane.ts";
import {
  type PassedOverRecord,
  passedOverLimit,
  type SigningSecret,
  type SubscriptionRecord,
  type SubscriptionStanding,
  type SubscriptionUpdate,
  waitingCountLimit,
} from "../subscription-store.ts";
import type { Database } from "./database.ts";

/** A row of `subscriptions`. */
export interface SubscriptionRow {
  id: string;
  url: string;
  events: SubscriptionRecord["events"];
  secrets: string;
  state: "active" | "ended";
  ended_reason: string | null;
  created_at: number;
  spread_to: number;
  last_attempt_at: number | null;
  last_status: number | null;
  last_reason: string | null;
}

export function subscriptionFromRow(row: SubscriptionRow): SubscriptionRecord {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    secrets: JSON.parse(row.secrets) as SigningSecret[],
    state: row.state,
    ...(row.ended_reason === null ? {} : { endedReason: row.ended_reason }),
    createdAt: row.created_at,
  };
}

export async function insertSubscription(
  database: Database,
  record: SubscriptionRecord,
  limit: number,
): Promise<boolean> {
  const row = {
    id: record.id,
    url: record.url,
    events: record.events,
    secrets: JSON.stringify(record.secrets),
    state: record.state,
    ended_reason: record.endedReason,
    created_at: record.createdAt,
  };
  const [made] = await database.query<{ kept: boolean }>(
    "SELECT quickcard.insert_subscription($1, $2) AS kept",
    JSON.stringify(row),
    limit,
  );
  return made?.kept === true;
}

export async function findSubscription(
  database: Database,
  id: string,
): Promise<SubscriptionRecord | undefined> {
  const row = await findRow(database, id);
  return row && subscriptionFromRow(row);
}

async function findRow(database: Database, id: string): Promise<SubscriptionRow | undefined> {
  const [row] = await database.query<SubscriptionRow>(
    "SELECT * FROM quickcard.subscriptions WHERE id = $1",
    id,
  );
  return row;
}

export async function listSubscriptions(database: Database): Promise<SubscriptionRecord[]> {
  const rows = await database.query<SubscriptionRow>("SELECT * FROM quickcard.subscriptions ORDER BY seq");
  return rows.map(subscriptionFromRow);
}

export async function updateSubscription(
  database: Database,
  id: string,
  { url, events, state }: SubscriptionUpdate,
): Promise<SubscriptionRecord | undefined> {
  const [row] = await database.query<SubscriptionRow>(
    `UPDATE quickcard.subscriptions SET url = coalesce($2, url), events = coalesce($3, events),
       state = coalesce($4, state), ended_reason = CASE WHEN $4::text IS NULL THEN ended_reason ELSE $5 END
     WHERE id = $1 RETURNING *`,
    id,
    url ?? null,
    events ?? null,
    typeof state === "object" ? "ended" : (state ?? null),
    typeof state === "object" ? state.ended : null,
  );
  return row && subscriptionFromRow(row);
}

export async function rotateSecret(
  database: Database,
  id: string,
  secret: string,
  previous: { until: number; keep: number },
  clockOffsetMs: number,
): Promise<SubscriptionRecord | undefined> {
  return await database.transaction(async (query) => {
    const [row] = await query<SubscriptionRow & { now_ms: number }>(
      "SELECT *, quickcard.store_now($2) AS now_ms FROM quickcard.subscriptions WHERE id = $1 FOR UPDATE",
      id,
      clockOffsetMs,
    );
    if (!row) return undefined;
    const before = subscriptionFromRow(row);
    const older = before.secrets
      .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > row.now_ms)
      .map((old) => ({ ...old, expiresAt: Math.min(old.expiresAt ?? previous.until, previous.until) }));
    const secrets = [{ secret }, ...older.slice(0, previous.keep)];
    await query("UPDATE quickcard.subscriptions SET secrets = $2 WHERE id = $1", id, JSON.stringify(secrets));
    return { ...before, secrets };
  });
}

export async function deleteSubscription(database: Database, id: string): Promise<boolean> {
  const [row] = await database.query<{ deleted: boolean }>(
    "SELECT quickcard.delete_subscription($1) AS deleted",
    id,
  );
  return row?.deleted === true;
}

/** What an event `e` is that waits in a lane `l` of a subscription `s`. */
const isWaiting = `
  e.contact_id = l.contact_id AND e.id >= l.next_event_id AND e.id <= s.spread_to AND e.type = ANY (s.events)
  AND (l.skip_after IS NULL OR e.id <= l.skip_after OR e.id > l.skip_until)`;

export async function findStanding(
  database: Database,
  id: string,
): Promise<SubscriptionStanding | undefined> {
  const row = await findRow(database, id);
  if (!row) return undefined;
  const [counted] = await database.query<{ waiting: number; failing_since: number | null }>(
    `SELECT (SELECT count(*) FROM (
         SELECT e.id FROM quickcard.subscriptions s JOIN quickcard.subscription_lanes l ON l.subscription_id = s.id
           JOIN quickcard.events e ON ${isWaiting} WHERE s.id = $1
         UNION ALL
         SELECT e.id FROM quickcard.subscriptions s JOIN quickcard.events e
           ON e.id > s.spread_to AND e.type = ANY (s.events) WHERE s.id = $1
         LIMIT ${waitingCountLimit}) AS waiting) AS waiting,
       (SELECT min(failing_since) FROM quickcard.subscription_lanes WHERE subscription_id = $1) AS failing_since`,
    id,
  );
  const passedOver = await database.query<PassedOverRecord>(
    `SELECT event_id AS "eventId", contact_id AS "contactId", at, attempts, reason FROM quickcard.passed_over_events
     WHERE subscription_id = $1 ORDER BY seq DESC LIMIT $2`,
    id,
    passedOverLimit,
  );
  return {
    waiting: counted?.waiting ?? 0,
    ...(counted?.failing_since == null ? {} : { failingSince: counted.failing_since }),
    ...(row.last_attempt_at === null ? {} : { lastAttempt: lastAttemptOf(row, row.last_attempt_at) }),
    passedOver,
  };
}

function lastAttemptOf(row: SubscriptionRow, at: number): NonNullable<SubscriptionStanding["lastAttempt"]> {
  return {
    at,
    ...(row.last_status === null ? {} : { status: row.last_status }),
    ...(row.last_reason === null ? {} : { reason: row.last_reason }),
  };
}

interface RangeRow {
  contact_id: string;
  first: number;
  last: number;
  n: number;
  next_event_id: number | null;
  skip_after: number | null;
  skip_until: number | null;
}

export async function replayEvents(
  database: Database,
  id: string,
  { from, to }: { from: number; to: number },
  clockOffsetMs: number,
): Promise<number | undefined> {
  return await database.transaction(async (query) => {
    const [row] = await query<SubscriptionRow>(
      "SELECT * FROM quickcard.subscriptions WHERE id = $1 FOR UPDATE",
      id,
    );
    if (!row) return undefined;
    const ranges = await query<RangeRow>(selectRanges, id, from, to, row.spread_to, row.events);
    const moved = ranges.flatMap((range) => rewound(range, row.spread_to));
    await query(putPlaces, id, JSON.stringify(moved), clockOffsetMs);
    return ranges.reduce((sum, { n }) => sum + n, 0);
  });
}

const selectRanges = `
  SELECT r.*, l.next_event_id, l.skip_after, l.skip_until
  FROM (SELECT contact_id, min(id) AS first, max(id) AS last, count(*) AS n FROM quickcard.events
        WHERE created_at >= $2 AND created_at < $3 AND id <= $4 AND type = ANY ($5) GROUP BY contact_id) AS r
    LEFT JOIN quickcard.subscription_lanes l ON l.subscription_id = $1 AND l.contact_id = r.contact_id`;

function rewound(range: RangeRow, told: number): object[] {
  const lane = placeOf(range);
  const place = rewindLane(lane, range, told);
  if (place === lane) return [];
  return [
    { contact_id: range.contact_id, next: place.next, after: place.skip?.after, until: place.skip?.until },
  ];
}

function placeOf({
  next_event_id: next,
  skip_after: after,
  skip_until: until,
}: RangeRow): LanePlace | undefined {
  if (next === null) return undefined;
  return after === null || until === null ? { next } : { next, skip: { after, until } };
}

/** What is under way stays so: its report finds that the lane was put back. */
const putPlaces = `
  INSERT INTO quickcard.subscription_lanes AS l
    (subscription_id, contact_id, next_event_id, skip_after, skip_until, due_at)
  SELECT $1, r.contact_id, r.next, r.after, r.until, quickcard.store_now($3)
  FROM json_to_recordset($2) AS r(contact_id text, next bigint, after bigint, until bigint)
  ON CONFLICT (subscription_id, contact_id) DO UPDATE SET
    next_event_id = excluded.next_event_id, skip_after = excluded.skip_after, skip_until = excluded.skip_until,
    due_at = CASE WHEN l.is_claimed THEN l.due_at ELSE excluded.due_at END, attempts = 0, failing_since = NULL`;

import type { RateTaken } from "../store.ts";
import type { Database } from "./database.ts";

/** One request to count. */
export interface RateRequest {
  key: string;
  allowed: number;
  windowMs: number;
}

/** Counts requests, those of the same key in the order that they came in. */
export async function takeRates(
  database: Database,
  requests: readonly RateRequest[],
  clockOffsetMs: number,
): Promise<RateTaken[]> {
  const counts = new Map<string, { key: string; n: number; windowMs: number }>();
  const places = requests.map(({ key, windowMs }) => {
    const counted = counts.get(key) ?? { key, n: 0, windowMs };
    counts.set(key, { ...counted, n: counted.n + 1 });
    return counted.n + 1;
  });
  const rows = await database.query<{ key: string; count: number; reset_ms: number }>(
    upsert,
    JSON.stringify([...counts.values()]),
    clockOffsetMs,
  );
  const windows = new Map(rows.map((row) => [row.key, row]));
  return requests.map(({ key, allowed }, index) => {
    const { count = 0, reset_ms: resetMs = 0 } = windows.get(key) ?? {};
    const own = count - (counts.get(key)?.n ?? 0) + (places[index] ?? 0);
    return { count: Math.min(own, allowed), resetMs, exceeded: own > allowed };
  });
}

const upsert = `
  INSERT INTO quickcard.rate_windows AS w (key, ends_at, counted_at, count)
  SELECT r.key, c.now_ms + r."windowMs", c.now_ms, r.n
  FROM json_to_recordset($1) AS r(key text, n bigint, "windowMs" bigint),
    (SELECT quickcard.store_now($2) AS now_ms OFFSET 0) AS c
  ORDER BY r.key
  ON CONFLICT (key) DO UPDATE SET counted_at = excluded.counted_at,
    count = CASE WHEN w.ends_at <= excluded.counted_at THEN excluded.count ELSE w.count + excluded.count END,
    ends_at = CASE WHEN w.ends_at <= excluded.counted_at THEN excluded.ends_at ELSE w.ends_at END
  RETURNING key, count, greatest(ends_at - counted_at, 0) AS reset_ms`;

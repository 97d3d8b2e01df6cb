import { type Pace, type PaceReport, paceReportSlackMs } from "../store.ts";
import type { Connection } from "./connection.ts";

/** How many permits of a channel there are now, and how long until there is one where there is none. */
export function availablePermits(
  connection: Connection,
  channel: string,
  pace: Pace | undefined,
  now: number,
): { permits: number; nextInMs: number } {
  const pause = connection.get<{ ends_at: number }>("SELECT ends_at FROM pauses WHERE channel = ?", channel);
  if (pause && now < pause.ends_at) return { permits: 0, nextInMs: pause.ends_at - now };
  if (!pace) return { permits: Number.MAX_SAFE_INTEGER, nextInMs: 0 };
  connection.run(
    "DELETE FROM grants WHERE channel = ? AND at <= ?",
    channel,
    now - pace.windowMs - paceReportSlackMs,
  );
  const spent = spentSince(connection, channel, now - pace.windowMs);
  const permits = Math.max(0, pace.allowed - spent.permits);
  return { permits, nextInMs: permits > 0 ? 0 : (spent.oldest ?? now) + pace.windowMs - now };
}

function spentSince(
  connection: Connection,
  channel: string,
  start: number,
): { permits: number; oldest: number | null } {
  const spent = connection.get<{ permits: number; oldest: number | null }>(
    "SELECT total(permits) AS permits, min(at) AS oldest FROM grants WHERE channel = ? AND at > ?",
    channel,
    start,
  );
  return spent ?? { permits: 0, oldest: null };
}

export function spendPermits(connection: Connection, channel: string, permits: number, at: number): void {
  if (permits > 0) {
    connection.run("INSERT INTO grants (channel, at, permits) VALUES (?, ?, ?)", channel, at, permits);
  }
}

/**
 * Heeds a pause, and counts as spent what others have used of the credential: until the window that the channel tells
 * of is over.
 */
export function reportPace(
  connection: Connection,
  channel: string,
  pace: Pace | undefined,
  { pauseMs, quota }: PaceReport,
  now: number,
): void {
  if (pauseMs !== undefined) {
    connection.run(
      `INSERT INTO pauses (channel, ends_at) VALUES (?, ?)
       ON CONFLICT (channel) DO UPDATE SET ends_at = max(ends_at, excluded.ends_at)`,
      channel,
      now + pauseMs,
    );
  }
  if (!pace || !quota) return;
  const windowStart = now - pace.windowMs + Math.min(quota.resetMs, pace.windowMs);
  const ours = pace.allowed - spentSince(connection, channel, windowStart - paceReportSlackMs).permits;
  const theirs = Math.max(0, quota.allowed - quota.count);
  spendPermits(connection, channel, ours - theirs, windowStart);
}

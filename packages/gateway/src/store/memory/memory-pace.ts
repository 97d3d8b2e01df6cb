import { type Pace, type PaceReport, paceReportSlackMs } from "../store.ts";

interface Grant {
  at: number;
  permits: number;
}

/** One credential's quota: a log of what was spent, so that no window of that length ever holds more than allowed. */
export class MemoryPace {
  #grants: Grant[] = [];
  #pausedUntil = 0;

  /** How many permits there are now, and how long until there is one where there is none. */
  available(pace: Pace | undefined, now: number): { permits: number; nextInMs: number } {
    if (now < this.#pausedUntil) return { permits: 0, nextInMs: this.#pausedUntil - now };
    if (!pace) return { permits: Number.POSITIVE_INFINITY, nextInMs: 0 };
    this.#grants = this.#grants.filter(({ at }) => at > now - pace.windowMs - paceReportSlackMs);
    const permits = Math.max(0, pace.allowed - this.#spentSince(now - pace.windowMs));
    const oldest = this.#grants.find(({ at }) => at > now - pace.windowMs);
    return { permits, nextInMs: permits > 0 || !oldest ? 0 : oldest.at + pace.windowMs - now };
  }

  spend(permits: number, at: number): void {
    if (permits <= 0) return;
    this.#grants.push({ at, permits });
    this.#grants.sort((one, other) => one.at - other.at);
  }

  /**
   * Heeds a pause, and counts as spent what others have used of the credential: until the window that the channel
   * tells of is over.
   */
  report(pace: Pace | undefined, { pauseMs, quota }: PaceReport, now: number): void {
    if (pauseMs !== undefined) this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    if (!pace || !quota) return;
    const windowStart = now - pace.windowMs + Math.min(quota.resetMs, pace.windowMs);
    const ours = pace.allowed - this.#spentSince(windowStart - paceReportSlackMs);
    const theirs = Math.max(0, quota.allowed - quota.count);
    this.spend(ours - theirs, windowStart);
  }

  #spentSince(start: number): number {
    return this.#grants.reduce((sum, { at, permits }) => (at > start ? sum + permits : sum), 0);
  }
}

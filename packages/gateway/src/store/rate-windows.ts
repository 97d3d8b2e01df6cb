import type { RateTaken } from "./store.ts";

/** Counts in fixed windows within one process, one for each key, each begun by the first that is counted. */
export class RateWindows {
  readonly #now: () => number;
  readonly #windows = new Map<string, { endsAt: number; count: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  take(key: string, allowed: number, windowMs: number): RateTaken {
    const now = this.#now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      // Deleted first so that the map stays in the order of the windows' beginnings.
      this.#windows.delete(key);
      window = { endsAt: now + windowMs, count: 0 };
      this.#windows.set(key, window);
      this.#forgetEnded(now);
    }
    const exceeded = window.count >= allowed;
    if (!exceeded) window.count += 1;
    return { count: window.count, resetMs: window.endsAt - now, exceeded };
  }

  #forgetEnded(now: number): void {
    for (const [key, window] of this.#windows) {
      if (window.endsAt > now) return;
      this.#windows.delete(key);
    }
  }
}

/** Where a key stands in its window. */
export interface RateWindow {
  /** Requests so far, this one included. */
  count: number;
  allowed: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
  exceeded: boolean;
}

/** Counts requests in fixed windows, one for each key, each begun by its first request. */
export class RateLimiter {
  readonly #allowed: number;
  readonly #windowMs: number;
  readonly #monotonicNow: () => number;
  readonly #windows = new Map<string, { startedAt: number; count: number }>();

  constructor(options: { allowed: number; windowMs: number; monotonicNow: () => number }) {
    this.#allowed = options.allowed;
    this.#windowMs = options.windowMs;
    this.#monotonicNow = options.monotonicNow;
  }

  take(key: string): RateWindow {
    const now = this.#monotonicNow();
    let window = this.#windows.get(key);
    if (!window || now - window.startedAt >= this.#windowMs) {
      // Deleted first so that the map stays in the order of the windows' beginnings.
      this.#windows.delete(key);
      window = { startedAt: now, count: 0 };
      this.#windows.set(key, window);
      this.#forgetEnded(now);
    }
    const exceeded = window.count >= this.#allowed;
    if (!exceeded) window.count += 1;
    const resetSeconds = Math.max(1, Math.ceil((window.startedAt + this.#windowMs - now) / 1000));
    return { count: window.count, allowed: this.#allowed, resetSeconds, exceeded };
  }

  #forgetEnded(now: number): void {
    for (const [key, window] of this.#windows) {
      if (now - window.startedAt < this.#windowMs) return;
      this.#windows.delete(key);
    }
  }
}

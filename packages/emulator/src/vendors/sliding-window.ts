/** Counts what happens within the last so many milliseconds, for each key. */
export class SlidingWindow {
  readonly #allowed: number;
  readonly #windowMs: number;
  readonly #times = new Map<string, number[]>();

  constructor(allowed: number, windowMs: number) {
    this.#allowed = allowed;
    this.#windowMs = windowMs;
  }

  /** Counts one, unless the window is full. How long until there is room again, where it is. */
  take(key: string, now: number): { ok: true } | { ok: false; retryAfterMs: number } {
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - this.#windowMs);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= this.#allowed) {
      this.#times.set(key, recent);
      return { ok: false, retryAfterMs: oldest + this.#windowMs - now };
    }
    this.#times.set(key, [...recent, now]);
    return { ok: true };
  }
}

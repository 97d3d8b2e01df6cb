import type { UpstreamQuota } from "./upstream-settings.ts";

/** Where a quota stands after a request. */
export interface QuotaUsage {
  isExceeded: boolean;
  count: number;
  resetMs: number;
}

/** Counts requests against a quota. */
export class QuotaWindow {
  readonly #quota: UpstreamQuota;
  #window = 0;
  #count = 0;
  #tokens: number;
  #refilledAt: number;

  constructor(quota: UpstreamQuota, now: number) {
    this.#quota = quota;
    this.#tokens = quota.allowed;
    this.#refilledAt = now;
  }

  take(now: number): QuotaUsage {
    return this.#quota.kind === "fixed-window" ? this.#takeOfWindow(now) : this.#takeOfBucket(now);
  }

  #takeOfWindow(now: number): QuotaUsage {
    const { allowed, windowMs } = this.#quota;
    const window = Math.floor(now / windowMs);
    if (window !== this.#window) this.#count = 0;
    this.#window = window;
    const isExceeded = this.#count >= allowed;
    if (!isExceeded) this.#count += 1;
    return { isExceeded, count: this.#count, resetMs: (window + 1) * windowMs - now };
  }

  #takeOfBucket(now: number): QuotaUsage {
    const { allowed, windowMs } = this.#quota;
    const refilled = this.#tokens + ((now - this.#refilledAt) * allowed) / windowMs;
    this.#tokens = Math.min(allowed, refilled);
    this.#refilledAt = now;
    const isExceeded = this.#tokens < 1;
    if (!isExceeded) this.#tokens -= 1;
    const count = Math.ceil(allowed - this.#tokens);
    return { isExceeded, count, resetMs: (count * windowMs) / allowed };
  }
}

import { RateWindows } from "../store/rate-windows.ts";
import type { RateTaken } from "../store/store.ts";

/** Where a key stands in its window. */
export interface RateWindow {
  /** Requests so far, this one included. */
  count: number;
  allowed: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
  exceeded: boolean;
}

/** A window as answers tell of it. */
export function toRateWindow({ count, resetMs, exceeded }: RateTaken, allowed: number): RateWindow {
  return { count, allowed, resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)), exceeded };
}

/** Counts requests of this process in fixed windows, one for each key, each begun by its first request. */
export class RateLimiter {
  readonly #allowed: number;
  readonly #windowMs: number;
  readonly #windows: RateWindows;

  constructor(options: { allowed: number; windowMs: number; monotonicNow: () => number }) {
    this.#allowed = options.allowed;
    this.#windowMs = options.windowMs;
    this.#windows = new RateWindows(options.monotonicNow);
  }

  take(key: string): RateWindow {
    return toRateWindow(this.#windows.take(key, this.#allowed, this.#windowMs), this.#allowed);
  }
}

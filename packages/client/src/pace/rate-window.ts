import { headerValue } from "../core.ts";
import type { ResponseHeaders } from "../transport/transport.ts";

/** An end that is this much later than the one known is that of a later window: `inin-ratelimit-reset` is whole seconds, rounded up. */
const roundingMs = 1000;
/** How long a window is taken to last until one has been seen. */
const usualWindowMs = 60_000;

/**
 * Where a token stands in its window of requests, as far as its answers have told. While more than half of the window is left
 * a request goes at once; then what is left is spread evenly over the rest of the window.
 */
export class RateWindow {
  /** Absent until an answer told of it; infinite where an answer told of none. */
  #allowed: number | undefined;
  #count = 0;
  #endsAtMs = Number.POSITIVE_INFINITY;
  #isEndGuessed = false;
  #lengthMs = usualWindowMs;
  #inFlight: number;
  #lastBegunAtMs = Number.NEGATIVE_INFINITY;

  /** `inFlight` requests went out before, and will tell of their answers here. */
  constructor(inFlight: number) {
    this.#inFlight = inFlight;
  }

  /** How many requests a window allows. */
  get allowed(): number | undefined {
    return this.#allowed;
  }

  /** How long the next request has to wait. Infinite: until an answer comes. */
  waitMs(nowMs: number): number {
    if (this.#allowed === undefined) return Number.POSITIVE_INFINITY;
    const count = nowMs >= this.#endsAtMs ? 0 : this.#count;
    const left = this.#allowed - count - this.#inFlight;
    if (left > this.#allowed / 2 || this.#allowed === Number.POSITIVE_INFINITY) return 0;
    if (nowMs >= this.#endsAtMs) return left > 0 ? 0 : Number.POSITIVE_INFINITY;
    if (left <= 0) return this.#endsAtMs - nowMs;
    const spacingMs = (this.#endsAtMs - nowMs) / left;
    return Math.max(0, this.#lastBegunAtMs + spacingMs - nowMs);
  }

  /** A request goes out. */
  begin(nowMs: number): void {
    if (nowMs >= this.#endsAtMs) {
      this.#count = 0;
      this.#endsAtMs = nowMs + this.#lengthMs;
      this.#isEndGuessed = true;
    }
    this.#inFlight += 1;
    this.#lastBegunAtMs = nowMs;
  }

  /** Its answer came and told where the token stands. */
  answered(headers: ResponseHeaders, nowMs: number): void {
    this.#inFlight -= 1;
    const allowed = numberOf(headers, "inin-ratelimit-allowed");
    const count = numberOf(headers, "inin-ratelimit-count");
    const resetMs = numberOf(headers, "inin-ratelimit-reset") * 1000;
    if (Number.isNaN(allowed + count + resetMs) || allowed === 0) {
      this.#allowed ??= Number.POSITIVE_INFINITY;
      this.#count += 1;
      return;
    }
    this.#allowed = allowed;
    const endsAtMs = nowMs + resetMs;
    const isNew = nowMs >= this.#endsAtMs || endsAtMs > this.#endsAtMs + roundingMs;
    if (isNew) this.#lengthMs = Math.max(resetMs, 1);
    if (isNew || this.#isEndGuessed || this.#endsAtMs === Number.POSITIVE_INFINITY) {
      this.#count = count;
      this.#endsAtMs = endsAtMs;
      this.#isEndGuessed = false;
    } else {
      this.#count = Math.max(this.#count, count);
      this.#endsAtMs = Math.min(this.#endsAtMs, endsAtMs);
    }
  }

  /** It was refused because the window is spent, and told when that ends. */
  refused(retryAfterMs: number, nowMs: number): void {
    this.#inFlight -= 1;
    if (this.#allowed === undefined) return;
    this.#count = this.#allowed;
    this.#endsAtMs = nowMs + retryAfterMs;
    this.#isEndGuessed = false;
  }

  /** It failed in another way. Only one that never left was surely not counted. */
  failed(wasSent: boolean): void {
    this.#inFlight -= 1;
    if (wasSent) this.#count += 1;
  }
}

/** Where a header is not a whole number: `NaN`. */
function numberOf(headers: ResponseHeaders, name: string): number {
  const value = headerValue(headers, name);
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
}

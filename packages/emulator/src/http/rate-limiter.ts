import { ApiError } from "./api-error.ts";

const windowMs = 60_000;

/** How a token stands in its minute, as the `inin-ratelimit-*` headers tell it. */
export interface RateStanding {
  count: number;
  allowed: number;
  /** Seconds until a new minute begins. */
  resetSeconds: number;
}

/** Counts the requests of each token in minutes that begin with the first of them. */
export interface RateLimiter {
  count(tokenHash: string, now: number): RateStanding;
}

export function createRateLimiter(allowed: number): RateLimiter {
  const windows = new Map<string, { startedAt: number; count: number }>();
  let sweptAt = 0;

  /** Forgets windows that are over, once a minute. */
  function sweep(now: number): void {
    if (now - sweptAt < windowMs) return;
    sweptAt = now;
    for (const [key, { startedAt }] of windows) if (now - startedAt >= windowMs) windows.delete(key);
  }

  return {
    count(tokenHash, now) {
      sweep(now);
      let window = windows.get(tokenHash);
      if (window === undefined || now - window.startedAt >= windowMs) {
        window = { startedAt: now, count: 0 };
        windows.set(tokenHash, window);
      }
      window.count += 1;
      const resetSeconds = Math.max(1, Math.ceil((window.startedAt + windowMs - now) / 1000));
      return { count: window.count, allowed, resetSeconds };
    },
  };
}

/** The headers that every answer to a token carries. */
export function rateHeaders({ count, allowed, resetSeconds }: RateStanding): Record<string, string> {
  return {
    "inin-ratelimit-count": String(count),
    "inin-ratelimit-allowed": String(allowed),
    "inin-ratelimit-reset": String(resetSeconds),
  };
}

/** The refusal of a request beyond the limit. Source of code, message and header: developer forum, thread 12028. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(
    "too.many.requests.retry.after",
    "Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds",
    { seconds: String(seconds) },
    { "Retry-After": String(seconds) },
  );
}

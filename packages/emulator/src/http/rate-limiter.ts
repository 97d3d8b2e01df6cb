import { limits } from "../limits.ts";
import { ApiError } from "./api-error.ts";

const windowMs = 60_000;

/** How a token stands in its minute, as the `inin-ratelimit-*` headers tell it. */
export interface RateStanding {
  count: number;
  allowed: number;
  /** Seconds until a new minute begins. */
  resetSeconds: number;
}

/** Counts requests in minutes that begin with the first of them: of each token, or of each client. */
export interface RateLimiter {
  count(key: string, now: number): RateStanding;
}

/** The limits that a request meets. */
export interface RateLimiters {
  ofToken: RateLimiter;
  ofClient: RateLimiter;
}

/** @param perMinute Requests of a token; a client may have as many more as on the platform. */
export function createRateLimiters(perMinute: number): RateLimiters {
  const tokensOfClient = limits.requestsPerMinuteOfClient.value / limits.requestsPerMinute.value;
  return {
    ofToken: createRateLimiter(perMinute),
    ofClient: createRateLimiter(perMinute * tokensOfClient),
  };
}

function createRateLimiter(allowed: number): RateLimiter {
  const windows = new Map<string, { startedAt: number; count: number }>();
  let sweptAt = 0;

  /** Forgets windows that are over, once a minute. */
  function sweep(now: number): void {
    if (now - sweptAt < windowMs) return;
    sweptAt = now;
    for (const [old, { startedAt }] of windows) if (now - startedAt >= windowMs) windows.delete(old);
  }

  return {
    count(key, now) {
      sweep(now);
      let window = windows.get(key);
      if (window === undefined || now - window.startedAt >= windowMs) {
        window = { startedAt: now, count: 0 };
        windows.set(key, window);
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

/** Lets a request through that is within both limits. @throws ApiError 429 */
export function limitRate(ofToken: RateStanding, ofClient: RateStanding): void {
  if (ofToken.count > ofToken.allowed) throw tooManyOfToken(ofToken);
  if (ofClient.count > ofClient.allowed) throw tooManyOfClient(ofClient);
}

/** Source of code, message and header: developer forum, thread 12028. */
function tooManyOfToken({ resetSeconds: seconds }: RateStanding): ApiError {
  return new ApiError(
    "too.many.requests.retry.after",
    "Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds",
    { seconds: String(seconds) },
    { "Retry-After": String(seconds) },
  );
}

/** Source of code and message: the error tables of the platform's swagger file. */
function tooManyOfClient({ allowed, resetSeconds: seconds }: RateStanding): ApiError {
  return new ApiError(
    "too.many.requests",
    "Rate limit exceeded the maximum [{allowed}] requests within [{seconds}] seconds",
    { allowed: String(allowed), seconds: String(windowMs / 1000) },
    { "Retry-After": String(seconds) },
  );
}

import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** What every route stands on. */
export interface ServerContext {
  store: Store;
  /** Counts requests of a token. */
  limiter: RateLimiter;
  logger: Logger;
  now: () => number;
  /** What links begin with, where the operator said so; otherwise the request's own origin. */
  publicUrl: string | undefined;
}

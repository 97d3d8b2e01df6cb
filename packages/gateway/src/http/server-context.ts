import type { Logger } from "pino";
import type { GatewayMetrics } from "../metrics/gateway-metrics.ts";
import type { Store } from "../store/store.ts";

/** What every route stands on. */
export interface ServerContext {
  store: Store;
  /** Requests a minute for each token. */
  rateLimitPerMinute: number;
  logger: Logger;
  now: () => number;
  /** What links begin with, where the operator said so; otherwise the request's own origin. */
  publicUrl: string | undefined;
  /** Told of each request once it is answered. */
  onAnswered?: GatewayMetrics["onAnswered"];
}

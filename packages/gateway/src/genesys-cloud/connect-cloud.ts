import { type Layer, RateLimitError } from "@quickcard/client";
import { GenesysCloud } from "@quickcard/client/genesys-cloud";
import type { Store } from "../store/store.ts";
import type { LinkPolicy } from "./link-policy.ts";
import type { GenesysCloudLinkOptions } from "./link-settings.ts";

/** The organisation's API, by a client that tries nothing again. */
export function connectCloud(
  { cloud, store }: Pick<GenesysCloudLinkOptions, "cloud"> & { store: Pick<Store, "takeRate"> },
  policy: LinkPolicy,
): GenesysCloud {
  const { requestTimeoutMs, requestsPerMinute } = policy;
  return new GenesysCloud({
    ...cloud,
    // What is tried again is the lane's matter, which keeps the order.
    maxAttempts: 1,
    timeoutMs: requestTimeoutMs,
    attemptTimeoutMs: requestTimeoutMs,
    pace: false,
    layers: [sharedPace(store, cloud.clientId ?? "", requestsPerMinute)],
  });
}

/** Counts every request in a window that all gateways share, so that none meets a 429. */
function sharedPace(store: Pick<Store, "takeRate">, clientId: string, allowed: number): Layer {
  return (next) => async (call) => {
    const { exceeded, resetMs } = await store.takeRate(`genesys-cloud:${clientId}`, allowed, 60_000);
    if (!exceeded) return next(call);
    throw new RateLimitError({
      message: `The gateways have made their ${allowed} requests of this minute to Genesys Cloud`,
      fix: "Wait; or ask Genesys Cloud for a higher limit and set it.",
      fate: "not_sent",
      retryable: true,
      retryAfterMs: resetMs,
    });
  };
}

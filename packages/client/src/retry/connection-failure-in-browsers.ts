import type { ConnectionFailure } from "./connection-failure.ts";

/** The same for bundles for browsers and workers, whose `fetch` tells of no cause: of every failure it stays open what became of it. */
export function readConnectionFailure(): ConnectionFailure {
  return {
    code: "the browser tells no cause",
    fate: "unknown",
    isTransient: true,
    fix: "Check that the server runs, that `baseUrl` names it, and that it lets this page's origin in (CORS). The browser's console says more.",
  };
}

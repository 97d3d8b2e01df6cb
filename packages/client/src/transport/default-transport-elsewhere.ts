import { fetchTransport } from "./fetch-transport.ts";
import type { Transport } from "./transport.ts";

/** The same for bundles for browsers and workers, which then hold nothing that only Node can run. */
export function defaultTransport(): Transport {
  return fetchTransport((request) => fetch(request));
}

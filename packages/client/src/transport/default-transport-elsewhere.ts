import type { OptionRule } from "../client-options.ts";
import { fetchTransport } from "./fetch-transport.ts";
import type { Transport } from "./transport.ts";

/** The same for bundles for browsers and workers, which then hold nothing that only Node can run. */
export function defaultTransport(): Transport {
  return fetchTransport((request) => fetch(request));
}

const onNodeAlone: OptionRule = { accepts: () => false, must: "be left out: it is for Node alone" };

/** Browsers and workers can be told of no proxy and no certificates. */
export const networkRules = { proxy: onNodeAlone, ca: onNodeAlone };

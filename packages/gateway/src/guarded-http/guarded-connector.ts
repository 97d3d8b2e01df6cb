import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { checkAddresses, literalOf, type TargetRules } from "./target-rules.ts";

/** Finds every address of a host's name. */
export type ResolveHost = (hostname: string) => Promise<LookupAddress[]>;

/** Opens the connection to an address that was checked, and to no other. */
export type Dial = (
  addresses: readonly LookupAddress[],
  options: buildConnector.Options,
  callback: buildConnector.Callback,
) => void;

/**
 * Makes a connector that resolves a name once, checks all of its addresses and dials those very ones: a name that
 * leads elsewhere a moment later changes nothing. Node asks no resolver for an address that stands in the URL, so
 * those are checked here too.
 */
export function guardedConnector(
  rules: TargetRules,
  resolveHost: ResolveHost,
  dial: Dial,
): buildConnector.connector {
  return (options, callback) => {
    resolveChecked(options.hostname, rules, resolveHost).then(
      (addresses) => dial(addresses, options, callback),
      (error: Error) => callback(error, null),
    );
  };
}

async function resolveChecked(
  hostname: string,
  rules: TargetRules,
  resolveHost: ResolveHost,
): Promise<LookupAddress[]> {
  const literal = literalOf(hostname);
  const addresses =
    literal === undefined
      ? await resolveHost(hostname)
      : [{ address: literal, family: literal.includes(":") ? 6 : 4 }];
  checkAddresses(
    hostname,
    addresses.map(({ address }) => address),
    rules,
  );
  return addresses;
}

/** Dials over TCP and TLS; the certificate is still checked against the name. */
export function createDial(connectTimeoutMs: number): Dial {
  return (addresses, options, callback) => {
    const [first] = addresses;
    const lookup: LookupFunction = (_hostname, { all }, found) => {
      if (all) found(null, [...addresses]);
      else found(null, first?.address ?? "", first?.family);
    };
    buildConnector({ timeout: connectTimeoutMs, lookup })(options, callback);
  };
}

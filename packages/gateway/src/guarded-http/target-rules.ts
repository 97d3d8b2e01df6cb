import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";
import { TargetRefusedError } from "./target-refused-error.ts";

/** What the operator lets the gateway connect to, where others say the target. */
export interface TargetRules {
  /** Whether private, loopback and link-local addresses may be connected to. */
  allowPrivate: boolean;
  /** Whether `http:` may be used. */
  allowHttp: boolean;
}

/** Characters of a URL; longer ones are refused. */
export const maxTargetLength = 2048;

/**
 * Reads a target's URL and checks all of it that can be checked without asking anybody.
 *
 * @throws TargetRefusedError
 */
export function readTarget(text: string, rules: TargetRules): URL {
  const url = text.length <= maxTargetLength && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) {
    throw new TargetRefusedError(
      `is not a URL of at most ${maxTargetLength} characters; give https://host/path`,
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new TargetRefusedError(`is a ${url.protocol} URL; only https: is connected to`);
  }
  if (url.protocol === "http:" && !rules.allowHttp) {
    throw new TargetRefusedError("is an http: URL; use https:, or let the operator allow http: targets");
  }
  if (url.username !== "" || url.password !== "") {
    throw new TargetRefusedError(
      "holds a user name or password; leave it out, the signature shows who calls",
    );
  }
  const address = literalOf(url.hostname);
  if (address !== undefined) checkAddresses(url.hostname, [address], rules);
  else if (isLocalName(url.hostname) && !rules.allowPrivate) throw notPublic(url.hostname);
  return url;
}

/**
 * Checks every address that a host has: one that is not public refuses the host, whatever the others are.
 *
 * @throws TargetRefusedError
 */
export function checkAddresses(host: string, addresses: readonly string[], rules: TargetRules): void {
  if (rules.allowPrivate || addresses.every(isPublicAddress)) return;
  throw notPublic(host);
}

/** The address that a host of a URL is; `undefined` where it is a name. */
export function literalOf(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(bare) === 0 ? undefined : bare;
}

/** RFC 6761, section 6.3: these names are this machine, whatever a resolver says. */
function isLocalName(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname);
}

function notPublic(host: string): TargetRefusedError {
  return new TargetRefusedError(
    `leads to ${host}, which is not a public address; use a public one, or let the operator allow private targets`,
  );
}

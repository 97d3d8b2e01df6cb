import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Public by their numbers, and yet a cloud's own services for the machine that asks. */
const cloudServices: ReadonlySet<string> = new Set([
  // https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
  "168.63.129.16",
]);

/** IPv6 addresses that are given out for the public internet: https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public internet: not this machine, its network, a cloud's metadata, nor one
 * that stands for another, as those of NAT64 and 6to4 do. `false` for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || cloudServices.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast);
}

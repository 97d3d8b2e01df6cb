/**
 * The domains of Genesys Cloud's regions: the API is at `https://api.{domain}`, tokens are at `https://login.{domain}`.
 * From the host list of npm `purecloud-platform-client-v2` 262.0.0.
 */
const genesysCloudDomains = [
  "mypurecloud.com",
  "use2.us-gov-pure.cloud",
  "usw2.pure.cloud",
  "cac1.pure.cloud",
  "mxc1.pure.cloud",
  "sae1.pure.cloud",
  "mypurecloud.ie",
  "euw2.pure.cloud",
  "mypurecloud.de",
  "euc2.pure.cloud",
  "edee1.eusc-pure.cloud",
  "mec1.pure.cloud",
  "aps1.pure.cloud",
  "apse1.pure.cloud",
  "mypurecloud.com.au",
  "mypurecloud.jp",
  "apne2.pure.cloud",
  "apne3.pure.cloud",
] as const;

/** The domain of the region whose API this URL names; `undefined` where it is not Genesys Cloud's. */
export function genesysCloudDomain(url: string): string | undefined {
  const { hostname } = new URL(url);
  return genesysCloudDomains.find((domain) => hostname === `api.${domain}`);
}

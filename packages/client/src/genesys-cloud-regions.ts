/**
 * Genesys Cloud's regions and their domains: the API is at `https://api.{domain}`, tokens are at `https://login.{domain}`.
 * From the host list of npm `purecloud-platform-client-v2` 262.0.0.
 */
export const genesysCloudRegions = {
  us_east_1: "mypurecloud.com",
  us_east_2: "use2.us-gov-pure.cloud",
  us_west_2: "usw2.pure.cloud",
  ca_central_1: "cac1.pure.cloud",
  mx_central_1: "mxc1.pure.cloud",
  sa_east_1: "sae1.pure.cloud",
  eu_west_1: "mypurecloud.ie",
  eu_west_2: "euw2.pure.cloud",
  eu_central_1: "mypurecloud.de",
  eu_central_2: "euc2.pure.cloud",
  eusc_de_east_1: "edee1.eusc-pure.cloud",
  me_central_1: "mec1.pure.cloud",
  ap_south_1: "aps1.pure.cloud",
  ap_southeast_1: "apse1.pure.cloud",
  ap_southeast_2: "mypurecloud.com.au",
  ap_northeast_1: "mypurecloud.jp",
  ap_northeast_2: "apne2.pure.cloud",
  ap_northeast_3: "apne3.pure.cloud",
} as const;

/** A region by the name that the official SDKs give it. */
export type GenesysCloudRegion = keyof typeof genesysCloudRegions;

/** The domain of the region whose API this URL names; `undefined` where it is not Genesys Cloud's. */
export function genesysCloudDomain(url: string): string | undefined {
  const { hostname } = new URL(url);
  return Object.values(genesysCloudRegions).find((domain) => hostname === `api.${domain}`);
}

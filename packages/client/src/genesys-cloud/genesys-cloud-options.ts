import type { ClientOptions } from "../client-options.ts";
import { type ClientSettings, readClientOptions } from "../client-settings.ts";
import { ConfigurationError } from "../errors/local-errors.ts";
import { type GenesysCloudRegion, genesysCloudRegions } from "../genesys-cloud-regions.ts";

/** What a client of Genesys Cloud can be told; what is not explained here is as for `OpenMessagingClient`. */
export interface GenesysCloudOptions extends Omit<ClientOptions, "authentication" | "validate" | "baseUrl"> {
  /** The organisation's region: `eu_central_1`, `eu-central-1` or its domain `mypurecloud.de`. */
  readonly region?: GenesysCloudRegion | (string & {}) | undefined;
  /** In place of `region`: where the API is, such as an emulator or a proxy of one's own. */
  readonly baseUrl?: string | undefined;
  /** Where `/oauth/token` is. @default `https://login.{domain}` of the region; beside the API with `baseUrl` */
  readonly loginUrl?: string | undefined;
}

/**
 * Checks options and fills in what was not given.
 *
 * @throws ConfigurationError
 */
export function readGenesysCloudOptions(options: GenesysCloudOptions | null | undefined): ClientSettings {
  const { region, baseUrl, loginUrl, ...others } = options ?? {};
  if (region !== undefined && baseUrl !== undefined) {
    throw optionError("baseUrl", "`baseUrl` is given beside `region`", "Give one or the other.");
  }
  const settings = readClientOptions({
    ...others,
    authentication: "basic",
    baseUrl: region === undefined ? baseUrl : `https://api.${domainOf(region)}`,
  });
  if (loginUrl === undefined || "token" in settings.credentials) return settings;
  const { baseUrl: url } = readClientOptions({ baseUrl: loginUrl, token: "unused" });
  return { ...settings, credentials: { ...settings.credentials, loginUrl: url } };
}

/**
 * The domain of a region that is named as an SDK, as AWS or as Genesys Cloud names it.
 *
 * @throws ConfigurationError
 */
function domainOf(region: string): string {
  const name = region.trim().toLowerCase();
  const byName = (genesysCloudRegions as Record<string, string>)[name.replaceAll("-", "_")];
  const domain = byName ?? Object.values(genesysCloudRegions).find((known) => known === name);
  if (domain) return domain;
  throw optionError(
    "region",
    `\`region\` names no region of Genesys Cloud`,
    `The regions are ${Object.entries(genesysCloudRegions)
      .map(([known, itsDomain]) => `${known} (${itsDomain})`)
      .join(", ")}.`,
  );
}

function optionError(option: string, message: string, fix: string): ConfigurationError {
  return new ConfigurationError({ option, message, fix });
}

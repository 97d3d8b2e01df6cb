import { genesysCloudDomain } from "../genesys-cloud-regions.ts";

/** How the client's id and secret travel: as form fields, or in an `Authorization: Basic` header. */
export type ClientAuthentication = "body" | "basic";

/** Where tokens come from. */
export interface TokenEndpoint {
  readonly url: string;
  readonly authentication: ClientAuthentication;
}

/**
 * The token endpoint of a base URL. Genesys Cloud has its own host for it, which takes Basic
 * (`ApiClient.js` of npm `purecloud-platform-client-v2` 262.0.0); a gateway has it beside the API.
 */
export function tokenEndpoint(
  baseUrl: string,
  authentication: ClientAuthentication | undefined,
): TokenEndpoint {
  const domain = genesysCloudDomain(baseUrl);
  if (domain) {
    return { url: `https://login.${domain}/oauth/token`, authentication: authentication ?? "basic" };
  }
  return { url: `${baseUrl}/oauth/token`, authentication: authentication ?? "body" };
}

/** Where a person agrees to a login: beside the token endpoint. */
export function authorizationEndpoint(baseUrl: string): string {
  return tokenEndpoint(baseUrl, undefined).url.replace(/token$/, "authorize");
}

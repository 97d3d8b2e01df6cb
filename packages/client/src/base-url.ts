import { ConfigurationError } from "./errors/local-errors.ts";

/**
 * Reads the address of an API and returns it without a slash at its end.
 *
 * @throws ConfigurationError where it is no URL or would send the secret in clear text to another computer.
 */
export function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw baseUrlError("is not an absolute URL", "Write it whole, such as https://api.mypurecloud.com.");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw baseUrlError(
      "is http:, which would send the client's secret and the customers' messages in clear text",
      "Use https:. http: is for a gateway on this computer only, such as http://127.0.0.1:8080.",
    );
  }
  if (url.username || url.password) {
    throw baseUrlError("holds a user name or password", "Give credentials as `clientId` and `clientSecret`.");
  }
  if (url.search || url.hash) {
    throw baseUrlError(
      "has a query or fragment",
      "End it after the host, or after the path the API is under.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** Whether a host name, as a URL has it, is this computer. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function baseUrlError(fault: string, fix: string): ConfigurationError {
  return new ConfigurationError({ option: "baseUrl", message: `\`baseUrl\` ${fault}`, fix });
}

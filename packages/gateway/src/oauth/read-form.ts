import { mediaTypeOf } from "../http/media-type.ts";
import { decodeUtf8, readBody } from "../http/read-body.ts";
import { OAuthError } from "./oauth-error.ts";

const maxFormBytes = 16_384;

/**
 * Reads a form-encoded body into its parameters.
 *
 * @throws OAuthError `invalid_request` for another media type, or a parameter that comes twice (RFC 6749, section 3.2).
 */
export async function readForm(request: Request): Promise<Map<string, string>> {
  if (mediaTypeOf(request) !== "application/x-www-form-urlencoded") {
    throw new OAuthError("invalid_request", "Send Content-Type: application/x-www-form-urlencoded.");
  }
  return uniqueParameters(new URLSearchParams(decodeUtf8(await readBody(request, maxFormBytes))));
}

/** @throws OAuthError `invalid_request` where a parameter comes twice. Empty ones count as left out. */
export function uniqueParameters(parameters: URLSearchParams): Map<string, string> {
  const form = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (form.has(name))
      throw new OAuthError("invalid_request", `The parameter ${printable(name)} comes twice.`);
    if (value !== "") form.set(name, value);
  }
  return form;
}

function printable(name: string): string {
  return /^[\w-]{1,40}$/.test(name) ? name : "of that name";
}

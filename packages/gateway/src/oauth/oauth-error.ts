import { json } from "../http/route.ts";

/** The error codes of RFC 6749, sections 4.1.2.1 and 5.2, that this server gives. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_response_type"
  | "access_denied";

/** A token or authorization request that is refused. */
export class OAuthError extends Error {
  readonly error: OAuthErrorCode;

  constructor(error: OAuthErrorCode, description: string) {
    super(description);
    this.name = "OAuthError";
    this.error = error;
  }

  /** The answer of the token endpoint: 401 for a client that did not prove itself, otherwise 400. */
  toResponse(): Response {
    const unproven = this.error === "invalid_client";
    const headers = {
      pragma: "no-cache",
      ...(unproven ? { "www-authenticate": 'Basic realm="quickcard"' } : {}),
    };
    return json(unproven ? 401 : 400, { error: this.error, error_description: this.message }, headers);
  }
}

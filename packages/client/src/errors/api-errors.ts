import type { ErrorDetail } from "../contacts-api.ts";
import type { ErrorCode } from "./error-code.ts";
import { brand, type ErrorFacts, OpenMessagingError } from "./open-messaging-error.ts";

/** What an error that the server answered with is made from. */
export interface ApiErrorFacts extends ErrorFacts {
  /** The `code` of the error body, such as `not.found`. */
  readonly apiCode?: string | undefined;
  readonly details?: readonly ErrorDetail[];
  readonly missingScope?: string | undefined;
  readonly missingPermissions?: readonly string[] | undefined;
}

/** The server answered that it did not do what was asked. */
export class ApiError extends OpenMessagingError {
  static {
    brand(ApiError, "ApiError");
  }

  readonly code: ErrorCode = "api_error";
  /** The `code` of the error body, such as `invalid.value`. */
  declare readonly apiCode?: string;
  /** What the server found wrong, by JSON pointer. */
  declare readonly details: readonly ErrorDetail[];

  constructor(facts: ApiErrorFacts) {
    super({ details: [], ...facts } as ApiErrorFacts);
  }
}

/** The credentials or the token were refused. */
export class AuthenticationError extends ApiError {
  static {
    brand(AuthenticationError, "AuthenticationError");
  }

  override readonly code = "authentication_failed";
}

/** The token does not allow this call. */
export class PermissionError extends ApiError {
  static {
    brand(PermissionError, "PermissionError");
  }

  override readonly code = "permission_denied";
  /** The scope that the token lacks. */
  declare readonly missingScope?: string;
  /** On Genesys Cloud: the permissions that would do, of which any one suffices. */
  declare readonly missingPermissions?: readonly string[];
}

/** There is no such contact or message. */
export class NotFoundError extends ApiError {
  static {
    brand(NotFoundError, "NotFoundError");
  }

  override readonly code = "not_found";
}

/** The base URL is Genesys Cloud itself, which does not publish this route. */
export class RouteNotPublishedError extends ApiError {
  static {
    brand(RouteNotPublishedError, "RouteNotPublishedError");
  }

  override readonly code = "route_not_published";
}

/** The contact's conversation is closed: it takes no message until it is reopened. */
export class ConversationClosedError extends ApiError {
  static {
    brand(ConversationClosedError, "ConversationClosedError");
  }

  override readonly code = "conversation_closed";
}

/** The idempotency key was used before for something else, or its first request is still being answered. */
export class IdempotencyError extends ApiError {
  static {
    brand(IdempotencyError, "IdempotencyError");
  }

  override readonly code = "idempotency_conflict";
}

/** The token has made as many requests as it may for now. */
export class RateLimitError extends ApiError {
  static {
    brand(RateLimitError, "RateLimitError");
  }

  override readonly code = "rate_limited";
}

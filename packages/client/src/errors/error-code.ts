/** Every code that an error of this library can have. `docs/reference/errors.md` has a paragraph on each. */
export const errorCodes = [
  "invalid_configuration",
  "invalid_argument",
  "invalid_message",
  "connection_failed",
  "timeout",
  "redirected",
  "unreadable_answer",
  "sent_but_unreadable",
  "api_error",
  "authentication_failed",
  "permission_denied",
  "not_found",
  "route_not_published",
  "conversation_closed",
  "idempotency_conflict",
  "rate_limited",
  "invalid_signature",
] as const;

/** The name of a kind of failure. It does not change from one version to the next. */
export type ErrorCode = (typeof errorCodes)[number];

/**
 * What the client and the parts that are loaded later have in common. Each such part takes it from here, so that a bundler makes
 * one file of it: by itself it makes one for each set of parts that have something in common, and compresses each alone.
 */
export {
  ApiError,
  AuthenticationError,
  ConversationClosedError,
  IdempotencyError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  RouteNotPublishedError,
} from "./errors/api-errors.ts";
export { InvalidArgumentError, InvalidMessageError } from "./errors/local-errors.ts";
export { OpenMessagingError } from "./errors/open-messaging-error.ts";
export { RedirectError, ResponseError } from "./errors/transport-errors.ts";
export { onAbort } from "./on-abort.ts";
export { bareFacts } from "./refusals/bare-refusal.ts";
export { requestLine } from "./request-line.ts";
export { backoffMs } from "./retry/backoff.ts";
export { messagingPath } from "./routes.ts";
export { startTimer } from "./timer.ts";
export { isToken } from "./tokens/token-text.ts";
export { correlationIdOf } from "./transport/correlation-id.ts";
export { readBody } from "./transport/read-body.ts";
export { headerValue } from "./transport/transport.ts";
export { userAgent, version } from "./user-agent.ts";

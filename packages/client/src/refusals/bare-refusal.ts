import { ApiError, type ApiErrorFacts, AuthenticationError, RateLimitError } from "../errors/api-errors.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { RedirectError } from "../errors/transport-errors.ts";
import type { Call } from "../layers/layer.ts";
import { requestLine } from "../request-line.ts";

/** Answers of a server that cannot do just now what it was asked, or says nothing of whether it did. */
const inDoubt = new Set([408, 500, 502, 503, 504]);

/** What a status says by itself, and what the layers go by: enough to renew a token, to wait, and to try again. */
export function bareFacts({ repeatable }: Call, status: number) {
  return {
    status,
    fate: status >= 500 || inDoubt.has(status) ? "unknown" : "not_applied",
    retryable: status === 429 || (inDoubt.has(status) && repeatable),
  } as const;
}

/** The error that tells of a refusal where what explains refusals cannot be loaded. */
export function bareRefusal(call: Call, status: number): OpenMessagingError {
  return new (classOf(status))({
    ...bareFacts(call, status),
    message: `${requestLine(call)} was answered with ${status}`,
    fix: "What explains it could not be loaded: check that all files that your bundler made are deployed.",
  });
}

function classOf(status: number): new (facts: ApiErrorFacts) => OpenMessagingError {
  if (status < 400) return RedirectError;
  if (status === 401) return AuthenticationError;
  return status === 429 ? RateLimitError : ApiError;
}

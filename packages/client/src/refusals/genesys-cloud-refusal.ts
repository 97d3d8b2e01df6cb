import {
  ApiError,
  type ApiErrorFacts,
  AuthenticationError,
  NotFoundError,
  PermissionError,
  RateLimitError,
} from "../errors/api-errors.ts";
import { readErrorBody } from "../errors/error-body.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";
import type { Call } from "../layers/layer.ts";
import { requestLine } from "../request-line.ts";
import { type Refusal, refusalReader } from "./refusal.ts";

/** What a status means. */
interface Meaning {
  readonly error: new (facts: ApiErrorFacts) => OpenMessagingError;
  /** `{permissions}` stands for those that would do. */
  readonly fix: string;
  /** Whether the request may have been carried out all the same; else it was not. */
  readonly isInDoubt?: true;
  readonly retryable?: true;
}

const inDoubt: Meaning = {
  error: ApiError,
  fix: "Wait and try again. If it stays so, give `correlationId` to Genesys Cloud's support.",
  isInDoubt: true,
};

const meanings: Readonly<Record<number, Meaning>> = {
  401: {
    error: AuthenticationError,
    fix: "Check the OAuth client's id and secret, that it is active, and that `region` is that of the organisation.",
  },
  403: {
    error: PermissionError,
    fix: "Give a role of the OAuth client the permission {permissions}, in the division of the conversation. Scopes do not count for client credentials.",
  },
  404: {
    error: NotFoundError,
    fix: "Take the id from Genesys Cloud, in the same region and organisation; a conversation's id is no integration's.",
  },
  429: {
    error: RateLimitError,
    fix: "Send more slowly: all programs with this OAuth client share its requests of a minute.",
    retryable: true,
  },
  408: inDoubt,
  500: inDoubt,
  502: inDoubt,
  503: inDoubt,
  504: inDoubt,
};

/** The error that tells of Genesys Cloud's refusal. */
export const readGenesysCloudRefusal = refusalReader((call: Call, refusal: Refusal): OpenMessagingError => {
  const { status, correlationId, retryAfterMs } = refusal;
  const { message, apiCode, contextId, details } = readErrorBody(call, refusal.json);
  const meaning = meanings[status];
  const permissions = call.permissions ?? [];
  const isInDoubt = meaning?.isInDoubt ?? status >= 500;
  return new (meaning?.error ?? ApiError)({
    message: `${requestLine(call)} was answered with ${status}${message && `: ${message}`}`,
    fix: fixOf(meaning, permissions),
    fate: isInDoubt ? "unknown" : "not_applied",
    retryable: meaning?.retryable ?? (meaning === inDoubt && call.repeatable),
    status,
    correlationId: correlationId ?? contextId,
    retryAfterMs,
    apiCode,
    details,
    missingPermissions: status === 403 ? permissions : undefined,
  });
});

function fixOf(meaning: Meaning | undefined, permissions: readonly string[]): string {
  const fix = meaning?.fix ?? "See `message` and `details`, and change the request.";
  return fix.replace("{permissions}", permissions.join(" or ") || "that it names");
}

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
import { bareFacts } from "./bare-refusal.ts";
import { type Refusal, refusalReader } from "./refusal.ts";

/** What a status means. */
interface Meaning {
  readonly error: new (facts: ApiErrorFacts) => OpenMessagingError;
  /** `{permissions}` stands for those that would do. */
  readonly fix: string;
}

const inDoubt: Meaning = {
  error: ApiError,
  fix: "Wait and try again. If it stays so, give `correlationId` to Genesys Cloud's support.",
};
const unnamed: Meaning = {
  error: ApiError,
  fix: "See `message` and `details`, and change the request.",
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
  const { error: MeantError, fix } = meanings[status] ?? unnamed;
  const permissions = call.permissions ?? [];
  return new MeantError({
    ...bareFacts(call, status),
    message: `${requestLine(call)} was answered with ${status}${message && `: ${message}`}`,
    fix: fix.replace("{permissions}", permissions.join(" or ") || "that it names"),
    correlationId: correlationId ?? contextId,
    retryAfterMs,
    apiCode,
    details,
    missingPermissions: status === 403 ? permissions : undefined,
  });
});

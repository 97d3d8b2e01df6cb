import type { ErrorBody, ErrorDetail } from "@quickcard/client";

/** Every error code of the API with its HTTP status. `docs/reference/api-errors.md` explains each. */
export const apiErrors = {
  "bad.request": 400,
  "invalid.content.type": 400,
  "invalid.value": 400,
  "required.fields.missing": 400,
  "conversation.closed": 400,
  "channel.address": 400,
  "channel.unavailable": 400,
  "channel.unsupported": 400,
  "channel.window.closed": 400,
  "authentication.required": 401,
  "bad.credentials": 401,
  "credentials.expired": 401,
  "missing.scope": 403,
  "not.found": 404,
  "method.not.allowed": 405,
  "not.acceptable": 406,
  "contact.exists": 409,
  "message.state": 409,
  "media.gone": 410,
  "request.entity.too.large": 413,
  "unsupported.media.type": 415,
  "idempotency.mismatch": 422,
  "too.many.requests": 429,
  "internal.server.error": 500,
  "media.unavailable": 502,
  "service.unavailable": 503,
} as const;

/** A literal by which a program tells one error from another. */
export type ApiErrorCode = keyof typeof apiErrors;

/** A request that is answered with an error. Thrown anywhere below a route; one place turns it into the answer. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly details: ErrorDetail[];
  readonly headers: Record<string, string>;

  /** `message` says what is wrong and what to do. It never holds a secret or a message's text. */
  constructor(
    code: ApiErrorCode,
    message: string,
    more: { details?: ErrorDetail[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "ApiError";
    this.code = code;
    this.status = apiErrors[code];
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }

  /** The body that tells of it. `contextId` is the correlation id of the answer. */
  toBody(contextId: string): ErrorBody {
    const { message, code, status, details } = this;
    return { message, code, status, contextId, details, errors: [] };
  }
}

/** The error of one field, parameter or header: its detail says the same. */
export function fieldError(code: ApiErrorCode, fieldName: string, message: string): ApiError {
  return new ApiError(code, message, { details: [{ errorCode: code, fieldName, message }] });
}

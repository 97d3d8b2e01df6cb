/** The codes of `ErrorBody` that the emulator answers with, and their statuses. */
export const apiErrorStatuses = {
  "bad.request": 400,
  "invalid.value": 400,
  "invalid.date": 400,
  "invalid.path.parameter": 400,
  "authentication.required": 401,
  "bad.credentials": 401,
  "credentials.expired": 401,
  "missing.permissions": 403,
  "missing.any.permissions": 403,
  "not.authorized": 403,
  "not.found": 404,
  "method.not.allowed": 405,
  conflict: 409,
  "request.entity.too.large": 413,
  "unsupported.media.type": 415,
  "too.many.requests": 429,
  "too.many.requests.retry.after": 429,
  "internal.server.error": 500,
  "service.unavailable": 503,
} as const;

export type ApiErrorCode = keyof typeof apiErrorStatuses;

/** A refusal in Genesys Cloud's own shape; its message is what the caller reads. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly params: Readonly<Record<string, string>> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** `params` fill the message's `{names}`, and are answered beside it. */
  constructor(
    code: ApiErrorCode,
    message: string,
    params?: Record<string, string>,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = code;
    this.params = params;
    this.headers = headers;
  }

  get status(): number {
    return apiErrorStatuses[this.code];
  }
}

/** `ErrorBody` of an error. Source of the shape: reference of purecloud-platform-client-v2 262.0.0 and a live answer of 2025. */
export function errorBody(error: ApiError, contextId: string): Record<string, unknown> {
  const { params } = error;
  return {
    message: params === undefined ? error.message : fill(error.message, params),
    code: error.code,
    status: error.status,
    ...(params === undefined ? {} : { messageWithParams: error.message, messageParams: params }),
    contextId,
    details: [],
    errors: [],
  };
}

/** The refusal for something that is not there, or not for this caller. */
export function notFound(what = "resource"): ApiError {
  return new ApiError("not.found", `The requested ${what} was not found.`);
}

function fill(message: string, params: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

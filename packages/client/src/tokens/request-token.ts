import { isToken, OpenMessagingError, ResponseError, requestLine, userAgent } from "../core.ts";
import type { Call, Send } from "../layers/layer.ts";

/** A request to a token endpoint. */
export interface TokenRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the request: with a time limit, but without retries, which belong to the call that needs the token. */
  readonly send: Send;
  /** On the monotonic clock. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a token endpoint answered. */
export interface TokenAnswer {
  readonly token: string;
  /** As the server said it: seconds, if it keeps to RFC 6749. */
  readonly expiresIn: unknown;
  readonly scope: unknown;
}

/** Asks a token endpoint for a token: RFC 6749 section 5. */
export async function requestToken({ send, ...request }: TokenRequest): Promise<TokenAnswer> {
  const call = callOf(request);
  try {
    const { json } = await send(call);
    const { access_token: token, expires_in: expiresIn, scope } = json as Record<string, unknown>;
    if (isToken(token)) return { token, expiresIn, scope };
    throw notATokenError(call);
  } catch (error) {
    // Whatever became of the request for a token: the call that needs it has not been sent.
    throw OpenMessagingError.is(error) ? error.with({ fate: "not_sent" }) : error;
  }
}

function callOf({ url, form, headers, deadlineMs, signal }: Omit<TokenRequest, "send">): Call {
  return {
    method: "POST",
    url,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": userAgent,
      ...headers,
    },
    body: new URLSearchParams(form).toString(),
    repeatable: true,
    deadlineMs,
    expects: "object",
    ...(signal && { signal }),
  };
}

function notATokenError(call: Call): ResponseError {
  return new ResponseError({
    message: `No token: ${requestLine(call)} was answered without a usable access_token`,
    fix: "Check `baseUrl` (GENESYS_BASE_URL): what answers at its token endpoint is not OAuth 2.0.",
    fate: "not_sent",
  });
}

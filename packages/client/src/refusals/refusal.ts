import { correlationIdOf, headerValue, RedirectError, readBody, requestLine } from "../core.ts";
import type { OpenMessagingError } from "../errors/open-messaging-error.ts";
import type { Call } from "../layers/layer.ts";
import type { ReadRefusal } from "../layers/send.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import type { TransportResponse } from "../transport/transport.ts";

/** What a server answered that did not do what was asked. */
export interface Refusal {
  readonly status: number;
  readonly correlationId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** The body where it is JSON, else `undefined`. */
  readonly json: unknown;
}

/** Makes what reads a server's answers other than 2xx, from what makes an error of those that are no redirect. */
export function refusalReader(toError: (call: Call, refusal: Refusal) => OpenMessagingError): ReadRefusal {
  return async (call, response, epochMs) => {
    const { status, headers } = response;
    if (status < 400) return redirectError(call, response);
    return toError(call, {
      status,
      correlationId: correlationIdOf(headers),
      retryAfterMs: parseRetryAfter(headerValue(headers, "retry-after"), epochMs),
      json: await readJson(response),
    });
  };
}

/** A browser hides which redirect it was, and gives 0 for a status. */
function redirectError(call: Call, { status, headers }: TransportResponse): RedirectError {
  return new RedirectError({
    message: `${requestLine(call)} was answered with a redirect (${status || "hidden by the browser"}), which is not followed`,
    fix: "Set `baseUrl` to the address that the server really has: its scheme, host and port.",
    fate: "not_applied",
    status,
    correlationId: correlationIdOf(headers),
  });
}

/** A refusal whose body cannot be read is still a refusal. */
async function readJson(response: TransportResponse): Promise<unknown> {
  try {
    return JSON.parse(await readBody(response)) as unknown;
  } catch {
    return undefined;
  }
}

import type { Cancellation } from "../cancellation.ts";

/** An HTTP request as a transport is given it. */
export interface TransportRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  /** Absolute, `https:`, or `http:` to this computer. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  /** Aborted when nobody waits for the answer any more: the transport then lets go of the connection. */
  readonly signal?: AbortSignal | undefined;
  /** In place of `signal`, for a transport that `takesCancellation`. */
  readonly cancellation?: Cancellation | undefined;
}

/** Header fields of an answer: names in lower case, a repeated field as a list. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An HTTP answer as a transport gives it, whatever its status. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** All of the body, or its pieces as they come. Reading the pieces fails where the connection does. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/**
 * Sends one request, once, and follows no redirect. Rejects where there was no answer.
 * The default on Node is `undiciTransport()`; `fetchTransport(fetch)` is for other runtimes and for a server in memory.
 */
export interface Transport {
  (request: TransportRequest): Promise<TransportResponse>;
  /** Whether it listens to `cancellation`, which costs less than a `signal`. */
  readonly takesCancellation?: true;
  /** Lets go of idle connections once nothing is in flight. */
  close?(): Promise<void>;
}

/** The value of a header field, its repetitions joined as RFC 9110 section 5.3 says. */
export function headerValue(headers: ResponseHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

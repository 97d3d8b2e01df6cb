import type { TransportRequest } from "./transport/transport.ts";

/** A request as an error or a log names it: method and path, without the host and without the query. */
export function requestLine({ method, url }: Pick<TransportRequest, "method" | "url">): string {
  return `${method} ${url.replace(/^[a-z]+:\/\/[^/]*/, "").replace(/\?.*/s, "")}`;
}

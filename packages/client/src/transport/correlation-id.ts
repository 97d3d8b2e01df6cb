import { headerValue, type ResponseHeaders } from "./transport.ts";

/** What the server's logs know a request by; `undefined` where it is nothing that can stand in an error or a log. */
export function correlationIdOf(headers: ResponseHeaders): string | undefined {
  const value = headerValue(headers, "inin-correlation-id");
  return value !== undefined && /^[\x21-\x7e]{1,300}$/.test(value) ? value : undefined;
}

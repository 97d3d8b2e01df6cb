import type { Context } from "hono";

const ownHosts = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/;

/**
 * Whether a request may come from this machine and the server's own pages, which need no token. A name that somebody
 * points at this machine and pages of other origins are none of them.
 */
export function isFromOwnPages(c: Context): boolean {
  const host = c.req.header("host");
  const origin = c.req.header("origin");
  const isOwnHost = host === undefined || ownHosts.test(host);
  const isOwnOrigin = origin === undefined || origin === `http://${host}`;
  return isOwnHost && isOwnOrigin;
}

/** Whether a body says that it is JSON: what pages of other origins may post without asking does not. */
export function isJson(c: Context): boolean {
  return /\bjson\b/i.test(c.req.header("content-type") ?? "");
}

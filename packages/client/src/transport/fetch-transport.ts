import type { Transport } from "./transport.ts";

/** The global `fetch`, or the `fetch` of a server in memory. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * A transport over `fetch`: for Deno, Bun and workers, and to join a client to a server in memory.
 *
 * @example
 * new OpenMessagingClient({ ...credentials, transport: fetchTransport(gateway.fetch) });
 */
export function fetchTransport(fetch: Fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const response = await fetch(
      new Request(url, {
        method,
        headers,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      }),
    );
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: response.body ?? new Uint8Array(),
    };
  };
}

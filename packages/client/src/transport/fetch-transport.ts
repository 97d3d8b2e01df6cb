import { onAbort } from "../on-abort.ts";
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
        ...(body === undefined ? {} : bodyOf(body)),
        ...(signal ? { signal } : {}),
      }),
    );
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: response.body ? chunksOf(response.body, signal) : new Uint8Array(),
    };
  };
}

/**
 * Deno sends a request anew, a POST too, where a connection that was kept open breaks after it: the message would go out twice.
 * It cannot do so with a stream.
 */
function bodyOf(body: string | Uint8Array<ArrayBuffer>): RequestInit {
  if (!("Deno" in globalThis)) return { body };
  const once = new Blob([body]).stream();
  return { body: once, duplex: "half" } as RequestInit;
}

/** The chunks of a body. A server in memory does not see the signal's abort, but it sees its body cancelled. */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  const cancel = () => {
    reader.cancel(signal?.reason).catch(() => undefined);
  };
  const stopListening = onAbort(signal, cancel);
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
  } finally {
    stopListening();
    cancel();
  }
}

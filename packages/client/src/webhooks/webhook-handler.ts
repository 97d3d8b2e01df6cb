import { readBytes } from "./read-bytes.ts";
import { receiveWebhook, type WebhookOptions } from "./receive-webhook.ts";

/**
 * A route that takes webhooks, for every framework and runtime that speaks `Request` and `Response`: Next.js, Deno, Bun, workers.
 *
 * @example
 * export const POST = webhookHandler({ secret, onTap: (tap, { contactId }) => answer(contactId, tap.value) });
 */
export function webhookHandler(options: WebhookOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const rawBody = await readBytes(chunksOf(request));
    if (!rawBody) return new Response(null, { status: 413 });
    const { status, body } = await receiveWebhook(rawBody, request.headers, options);
    const headers = { "content-type": "application/json" };
    return new Response(body ?? null, body === undefined ? { status } : { status, headers });
  };
}

/** Read by hand: not every runtime can loop over a stream. */
async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  try {
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read())
      yield chunk.value;
  } finally {
    await reader?.cancel();
  }
}

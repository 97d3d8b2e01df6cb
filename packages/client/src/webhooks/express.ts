import { readBytes } from "./read-bytes.ts";
import { receiveWebhook, type WebhookOptions } from "./receive-webhook.ts";

export type { WebhookOptions } from "./receive-webhook.ts";

/** What of Express's request is used. */
interface Request extends AsyncIterable<Uint8Array> {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What a parser made of the body; absent where none has read it. */
  readonly body?: unknown;
}

/** What of Express's response is used. */
interface Response {
  status(code: number): { type(type: string): { send(body: string): unknown }; end(): unknown };
}

/**
 * An Express handler that takes webhooks. Mount it before `express.json()`, or with `express.raw()`: the signature is that of
 * the bytes that came.
 *
 * @example
 * app.post("/webhooks", webhook({ secret, onTap: (tap, { contactId }) => answer(contactId, tap.value) }));
 * app.use(express.json());
 */
export function webhook(
  options: WebhookOptions,
): (request: Request, response: Response, next: (error?: unknown) => void) => Promise<void> {
  return async (request, response, next) => {
    try {
      const rawBody = request.body === undefined ? await readBytes(request) : request.body;
      if (rawBody === undefined) {
        response.status(413).end();
        return;
      }
      const { status, body } = await receiveWebhook(rawBody as Uint8Array, request.headers, options);
      if (body === undefined) response.status(status).end();
      else response.status(status).type("application/json").send(body);
    } catch (error) {
      next(error);
    }
  };
}

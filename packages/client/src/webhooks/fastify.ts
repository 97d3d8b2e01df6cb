import { longestWebhook, receiveWebhook, type WebhookOptions } from "./receive-webhook.ts";

export type { WebhookOptions } from "./receive-webhook.ts";

/** What of Fastify's request is used. */
interface Request {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** What of Fastify's reply is used. */
interface Reply {
  code(status: number): Reply;
  type(type: string): Reply;
  send(body?: string): unknown;
}

/** What of Fastify is used. */
interface Fastify {
  addContentTypeParser(
    type: string,
    options: { parseAs: "buffer"; bodyLimit: number },
    parser: (...given: never[]) => unknown,
  ): unknown;
  post(url: string, handler: (request: Request, reply: Reply) => Promise<unknown>): unknown;
}

/**
 * A Fastify plugin with one route that takes webhooks. Bodies are kept as bytes on this route alone.
 *
 * @example
 * app.register(webhook({ url: "/webhooks", secret, onTap: (tap, { contactId }) => answer(contactId, tap.value) }));
 */
export function webhook(
  options: WebhookOptions & { readonly url: string },
): (fastify: Fastify) => Promise<void> {
  return async (fastify) => {
    fastify.addContentTypeParser(
      "application/json",
      { parseAs: "buffer", bodyLimit: longestWebhook },
      (_request: unknown, body: Uint8Array, done: (error: null, body: Uint8Array) => void) =>
        done(null, body),
    );
    fastify.post(options.url, async (request, reply) => {
      const { status, body } = await receiveWebhook(request.body as Uint8Array, request.headers, options);
      return body === undefined
        ? reply.code(status).send()
        : reply.code(status).type("application/json").send(body);
    });
  };
}

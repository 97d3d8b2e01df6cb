import type { WebhookOptions } from "./receive-webhook.ts";
import { webhookHandler } from "./webhook-handler.ts";

export type { WebhookOptions } from "./receive-webhook.ts";

/** What of Hono's context is used. */
interface Context {
  readonly req: { readonly raw: Request };
}

/**
 * A Hono handler that takes webhooks.
 *
 * @example
 * app.post("/webhooks", webhook({ secret, onTap: (tap, { contactId }) => answer(contactId, tap.value) }));
 */
export function webhook(options: WebhookOptions): (context: Context) => Promise<Response> {
  const handle = webhookHandler(options);
  return ({ req }) => handle(req.raw);
}

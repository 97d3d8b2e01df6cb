import { OpenMessagingClient, text, webhookHandler } from "@quickcard/client";

/**
 * The routes of an edge function: nothing but `fetch`, `Request` and `Response`. The same file runs on Deno, Bun and workers, and
 * its two functions are what a Next.js route exports.
 *
 * @param {{ baseUrl: string, clientId: string, clientSecret: string, webhookSecret: string }} settings
 */
export function createRoutes({ webhookSecret, ...settings }) {
  const client = new OpenMessagingClient({ ...settings, fetch: (request) => fetch(request) });

  const receive = webhookHandler({
    secret: webhookSecret,
    onTap: async ({ label }, { id, contactId }) => {
      await client.messages.send(contactId, text(`${label}: understood.`), { idempotencyKey: `event-${id}` });
    },
  });

  return {
    /** @param {Request} request */
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/webhooks") return receive(request);
      if (pathname === "/notify" && request.method === "POST") return notify(request);
      return new Response(null, { status: 404 });
    },
  };

  /** @param {Request} request */
  async function notify(request) {
    const { contactId, order } = await request.json();
    const { id } = await client.messages.send(contactId, text(`Order ${order} is on its way.`), {
      idempotencyKey: `shipped-${order}`,
    });
    return Response.json({ id }, { status: 202 });
  }
}

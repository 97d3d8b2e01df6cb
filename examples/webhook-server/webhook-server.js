import { createServer } from "node:http";
import { OpenMessagingClient, SignatureError, text, verifyWebhook } from "@quickcard/client";

const { WEBHOOK_SECRET: secret = "", PORT = "8091" } = process.env;
if (!secret) throw new Error("Set WEBHOOK_SECRET to what `quickcard subscriptions create` showed.");

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.
const client = OpenMessagingClient.fromEnvironment();

/** The events that were worked off: one can come twice. A real server keeps them in its database. */
const done = new Set();

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    (error) => {
      console.error(error);
      // The gateway tries again later.
      response.writeHead(500).end();
    },
  );
});

server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  console.log(`Webhooks: http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`);
});

/** @param {import("node:http").IncomingMessage} request */
async function receive(request) {
  const event = await readEvent(request);
  if (!event) return 401;
  if (done.has(event.id)) return 204;
  if (event.type === "message.inbound" && event.message.content.type === "tap") {
    const { label, value } = event.message.content;
    console.log(`Tapped "${label}", which returns ${value}`);
    // The key makes this safe should the server stop before it has noted the event.
    const idempotencyKey = `answer-to-event-${event.id}`;
    await client.messages.send(event.contactId, text(`${label}: understood.`), { idempotencyKey });
  }
  done.add(event.id);
  return 204;
}

/** @param {import("node:http").IncomingMessage} request */
async function readEvent(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > 1024 * 1024) return undefined;
    chunks.push(chunk);
  }
  try {
    return await verifyWebhook(Buffer.concat(chunks), request.headers, secret);
  } catch (error) {
    if (!SignatureError.is(error)) throw error;
    console.error(`Refused: ${error.message}. ${error.fix}`);
    return undefined;
  }
}

import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { OpenMessagingClient, quickReply, text } from "@quickcard/client";

const cookieName = "visitor";

// Reads GENESYS_BASE_URL, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET. They stay on this server; the page gets a chat's link alone.
const client = OpenMessagingClient.fromEnvironment();

/**
 * The chat of each visitor, by the cookie that only that visitor's browser has. A real site would keep this with its sessions.
 * @type {Map<string, string>}
 */
const chats = new Map();

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(503).end("The chat cannot be reached just now. Please try again later.");
  });
});

server.listen(Number(process.env.PORT ?? 8090), "127.0.0.1", () => {
  const address = server.address();
  console.log(`The site: http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});

for await (const event of client.events()) {
  if (event.type !== "message.inbound" || event.message.content.type !== "tap") continue;
  const { label, value } = event.message.content;
  console.log(`A visitor tapped "${label}", which returns ${value}`);
  await client.messages.send(event.contactId, text(`${label}: somebody will be with you soon.`));
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function answer({ method, url, headers }, response) {
  if (method !== "GET" || url !== "/") {
    response.writeHead(404).end();
    return;
  }
  const visitor = readVisitor(headers.cookie) ?? randomUUID();
  const chatUrl = chats.get(visitor) ?? (await startChat());
  chats.set(visitor, chatUrl);
  const cookie = `${cookieName}=${visitor}; HttpOnly; SameSite=Lax; Path=/`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "set-cookie": cookie });
  response.end(page(chatUrl));
}

async function startChat() {
  const { id, chatUrl = "" } = await client.contacts.create({ channel: "web" });
  const menu = quickReply("What is it about?", [
    { label: "An order", value: "order" },
    { label: "Opening hours", value: "hours" },
  ]);
  await client.messages.send(id, menu);
  return chatUrl;
}

/** @param {string} chatUrl */
function page(chatUrl) {
  // As a URL writes itself, it holds no quotes and no angle brackets.
  const { href, origin } = new URL(chatUrl);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The Corner Bookshop</title>
    <script type="module" src="${origin}/quickcard-chat.js"></script>
    <style>
      :root { color-scheme: light dark; }
      body { font-family: Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      quickcard-chat { display: block; max-width: 24rem; height: 32rem; margin-top: 2rem; }
    </style>
  </head>
  <body>
    <h1>The Corner Bookshop</h1>
    <p>New and old books since 1974. Ask us anything.</p>
    <quickcard-chat src="${href}" heading="Ask us"></quickcard-chat>
  </body>
</html>`;
}

/** @param {string | undefined} cookies */
function readVisitor(cookies = "") {
  const [, visitor] = new RegExp(`(?:^|; )${cookieName}=([0-9a-f-]{36})(?:;|$)`).exec(cookies) ?? [];
  return visitor !== undefined && chats.has(visitor) ? visitor : undefined;
}

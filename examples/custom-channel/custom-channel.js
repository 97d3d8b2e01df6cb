import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { text as readText } from "node:stream/consumers";

// A channel of your own: this terminal. Who sits here is the customer "ada".
const { CHANNEL_SECRET = "", GATEWAY_URL = "http://127.0.0.1:4400", PORT = "8092" } = process.env;
if (!CHANNEL_SECRET) throw new Error("Set CHANNEL_SECRET to the gateway's QUICKCARD_CUSTOM_SECRET.");
/** In bytes: a message is smaller. */
const largestBody = 1024 * 1024;
const customer = { address: "ada", displayName: "Ada" };

/** The Standard Webhooks scheme, which signs both ways: https://www.standardwebhooks.com */
const key = Buffer.from(CHANNEL_SECRET.replace("whsec_", ""), "base64");

/** @param {string} id @param {string} timestamp @param {string} body */
function signature(id, timestamp, body) {
  return createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
}

/** @param {import("node:http").IncomingHttpHeaders} headers @param {string} body */
function isSigned(headers, body) {
  const id = String(headers["webhook-id"]);
  const timestamp = String(headers["webhook-timestamp"]);
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  const expected = Buffer.from(signature(id, timestamp, body));
  const given = String(headers["webhook-signature"])
    .split(" ")
    .map((one) => Buffer.from(one.replace(/^v1,/, "")));
  return isRecent && given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

/** Tells the gateway something. @param {object} event */
async function tell(event) {
  const body = JSON.stringify(event);
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await fetch(`${GATEWAY_URL}/channels/custom/webhook`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature(id, timestamp, body)}`,
    },
    body,
  });
  if (!answer.ok) console.error(`The gateway answered ${answer.status}: ${await answer.text()}`);
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
async function receive(request, response) {
  if (!(Number(request.headers["content-length"]) <= largestBody)) {
    response.writeHead(413).end();
    return;
  }
  const body = await readText(request);
  if (!isSigned(request.headers, body)) {
    response.writeHead(401).end();
    return;
  }
  const message = JSON.parse(body);
  show(message);
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
  await tell({ type: "status", messageId: message.messageId, status: "read" });
}

/** What was shown: a message can come twice, with the same id. */
const shown = new Set();
/** The answers to the message shown last. @type {{ label: string, alias: string }[]} */
let answers = [];

/** @param {{ messageId: string, content: Record<string, any>, answers: typeof answers }} message */
function show(message) {
  if (shown.has(message.messageId)) return;
  shown.add(message.messageId);
  answers = message.answers;
  const { text, title, caption, url, cards = [] } = message.content;
  console.log(
    [text, title, caption, url, ...cards.map((/** @type {any} */ card) => card.title)]
      .filter(Boolean)
      .join("\n"),
  );
  for (const [index, { label }] of answers.entries()) console.log(`  ${index + 1}. ${label}`);
}

const server = createServer((request, response) => {
  receive(request, response).catch((error) => {
    console.error(error);
    // The gateway tries again later.
    if (!response.headersSent) response.writeHead(500).end();
  });
});

server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  console.log(`Messages to: http://127.0.0.1:${typeof address === "object" ? address?.port : address}/`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const tapped = answers[Number(line) - 1];
  const said = tapped ? { type: "tap", answer: tapped.alias } : { type: "text", text: line };
  await tell({ ...said, ...customer, id: randomUUID() }).catch(console.error);
}

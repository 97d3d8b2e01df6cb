import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { getRequestListener } from "@hono/node-server";
import { OpenMessagingClient, quickReply, text } from "@quickcard/client";
import {
  createClientRegistry,
  createGateway,
  customChannel,
  openSqliteStore,
  webChannel,
} from "@quickcard/gateway";
import { pino } from "pino";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { listen, stopListening } from "../../../testing/listen.ts";
import { waitUntil } from "../../../testing/start-gateway.ts";
import { customCase } from "./channel-conformance/channel-cases.ts";
import { describeChannel } from "./channel-conformance/channel-conformance.ts";
import { embeddedStores } from "./channel-conformance/test-stores.ts";

describeChannel(customCase, embeddedStores);

const secret = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;

interface Posted {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into it.
  body: any;
}

async function startProgram(listener: RequestListener) {
  const server = createServer(listener);
  const { url } = await listen(server);
  return { url, close: () => stopListening(server) };
}

/** A gateway with a channel of one's own, whose program answers with these statuses; 0 cuts the connection. */
async function start(statuses: number[] = []) {
  const posted: Posted[] = [];
  const program = await startProgram((request, response) => {
    void readText(request).then((body) => {
      const headers = request.headers as Record<string, string>;
      posted.push({ id: headers["webhook-id"] ?? "", body: new Webhook(secret).verify(body, headers) });
      const status = statuses.shift() ?? 200;
      if (status === 0) request.socket.destroy();
      else response.writeHead(status).end("{}");
    });
  });
  const directory = mkdtempSync(join(tmpdir(), "quickcard-custom-"));
  const store = openSqliteStore(directory);
  const gateway = createGateway({
    store,
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    channels: [webChannel, customChannel({ url: program.url, secret })],
    deliveryPolicy: { retryBaseMs: 1, retryCapMs: 2, pollMs: 2 },
    now: Date.now,
    monotonicNow: () => performance.now(),
  });
  const listener = getRequestListener((request) => gateway.fetch(request));
  const server = await startProgram((incoming, outgoing) => void listener(incoming, outgoing));
  const { clientId, clientSecret = "" } = await createClientRegistry(store, Date.now).create({
    name: "test",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
  });
  const client = new OpenMessagingClient({ baseUrl: server.url, clientId, clientSecret });
  const tell = (event: unknown, key = secret) => {
    const body = typeof event === "string" ? event : JSON.stringify(event);
    const at = new Date();
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(key).sign("msg_1", at, body),
    };
    return fetch(`${server.url}/channels/custom/webhook`, { method: "POST", body, headers });
  };
  return {
    posted,
    client,
    tell,
    async [Symbol.asyncDispose]() {
      await client.close();
      await server.close();
      await gateway.close();
      await program.close();
      rmSync(directory, { recursive: true });
    },
  };
}

const menu = quickReply("Which?", [
  { label: "Sales", value: "sales" },
  { label: "Support", value: "support" },
]);

test("a message goes out signed, as it is, with what the program hands back for each answer", async () => {
  await using world = await start();
  const contact = await world.client.contacts.create({
    channel: "custom",
    address: "ada",
    displayName: "Ada",
  });
  const sent = await world.client.messages.send(contact.id, menu, { metadata: { order: "17" } });
  const [{ id, body }] = (await waitUntil(async () =>
    world.posted.length > 0 ? world.posted : undefined,
  )) as [Posted];

  expect(id).toBe(`msg_${sent.id}`);
  expect(body).toMatchObject({
    type: "message",
    messageId: sent.id,
    contactId: contact.id,
    address: "ada",
    displayName: "Ada",
    content: menu,
    metadata: { order: "17" },
    answers: [{ label: "Sales", value: "sales" }, { label: "Support" }],
  });
  const tap = { type: "tap", id: "1", address: "ada", answer: body.answers[1].alias };
  expect(
    (await world.tell({ events: [tap, tap, { type: "text", id: "2", address: "ada", text: "Thanks" }] }))
      .status,
  ).toBe(200);
  const { entities } = await world.client.messages.list(contact.id);
  expect(entities.slice(1).map(({ content }) => content)).toMatchObject([
    { type: "tap", messageId: sent.id, choice: 1, value: "support" },
    { type: "text", text: "Thanks" },
  ]);
});

test("a message that got no answer comes again under the same id, and with no more time", async () => {
  await using world = await start([0, 503, 429]);
  const contact = await world.client.contacts.create({ channel: "custom", address: "ada" });
  const { id } = await world.client.messages.send(contact.id, text("Once"));
  await waitUntil(async () => (await world.client.messages.get(contact.id, id)).status === "sent");
  expect(new Set(world.posted.map((one) => one.id))).toEqual(new Set([`msg_${id}`]));
  const times = world.posted.map(({ body }) => (body as { expiresAt: string }).expiresAt);
  expect(new Set(times)).toEqual(new Set([expect.stringMatching(/^\d{4}-.*Z$/)]));
  expect(world.posted).toHaveLength(4);
});

test("the program tells how far messages have come", async () => {
  await using world = await start();
  const contact = await world.client.contacts.create({ channel: "custom", address: "ada" });
  const { id } = await world.client.messages.send(contact.id, text("Hello"));
  const status = async () => (await world.client.messages.get(contact.id, id)).status;
  await waitUntil(async () => (await status()) === "sent");
  for (const told of ["delivered", "read", "delivered", "failed"]) {
    expect((await world.tell({ type: "status", messageId: id, status: told })).status).toBe(200);
  }
  expect(await status()).toBe("read");
  const other = await world.client.messages.send(contact.id, text("Hello"));
  await waitUntil(async () => (await world.client.messages.get(contact.id, other.id)).status === "sent");
  await world.tell({ type: "status", messageId: other.id, status: "failed", reason: "The line is dead." });
  expect(await world.client.messages.get(contact.id, other.id)).toMatchObject({
    status: "failed",
    reason: "The line is dead.",
  });
});

test("what is not signed, or is no event, is refused", async () => {
  await using world = await start();
  const event = { type: "text", id: "1", address: "ada", text: "Hello" };
  const otherSecret = `whsec_${Buffer.alloc(32, 4).toString("base64")}`;
  expect((await world.tell(event, otherSecret)).status).toBe(401);
  for (const wrong of [
    "{",
    "[]",
    { type: "text" },
    { ...event, text: "" },
    { ...event, type: "fly" },
    { ...event, type: "image" },
    { ...event, type: "image", url: "javascript:alert(1)" },
    { ...event, type: "location", location: { latitude: 91, longitude: 0 } },
    { ...event, type: "location", location: { latitude: 52.5 } },
    { type: "status", messageId: "1", status: "read" },
  ]) {
    expect((await world.tell(wrong)).status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400);
  }
  expect((await world.client.contacts.list()).entities).toEqual([]);
});

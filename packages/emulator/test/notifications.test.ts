import { afterEach, beforeEach, expect, test } from "vitest";
import WebSocket from "ws";
import { startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;

beforeEach(async () => {
  organisation = await startOrganisation();
  await organisation.emulator.listen({ port: 0 });
});

afterEach(() => organisation.close());

/** Calls the API over HTTP, since the channel's address has to be the server's. */
async function call(method: string, path: string, body?: unknown) {
  const { emulator } = organisation;
  const { id, secret } = credentials;
  const token = await fetch(`${emulator.loginUrl}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const response = await fetch(emulator.url + path, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

let credentials: { id: string; secret: string };

test("a channel tells of a conversation's end, and beats", async () => {
  const { emulator, say } = organisation;
  credentials = emulator.createClient();
  const conversationId = await say("Hello");
  const channel = await call("POST", "/api/v2/notifications/channels");
  const topic = `v2.detail.events.conversation.${conversationId}.customer.end`;
  const userTopic = `v2.users.${emulator.agent().id}.conversations.messages`;
  const subscriptions = await call("PUT", `/api/v2/notifications/channels/${channel.id}/subscriptions`, [
    { id: topic },
    { id: userTopic },
    { id: "v2.invented" },
  ]);
  expect(subscriptions.entities).toMatchObject([
    { id: topic, state: "Permitted" },
    { id: userTopic, state: "Permitted" },
    { id: "v2.invented", state: "Rejected" },
  ]);
  const socket = new WebSocket(channel.connectUri);
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator tells
  const told: any[] = [];
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => void (told.length >= count && resolve());
      socket.on("message", look);
      look();
    });
  socket.on("message", (data) => told.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once("open", resolve));

  emulator.agent().disconnect(conversationId);
  await until(2);
  await emulator.clock.advance(30_000);
  await until(3);

  expect(told).toMatchObject([
    { topicName: userTopic, version: "2", eventBody: { id: conversationId } },
    { topicName: topic, eventBody: { conversationId, disconnectType: "CLIENT", mediaType: "MESSAGE" } },
    { topicName: "channel.metadata", eventBody: { message: "WebSocket Heartbeat" } },
  ]);

  const isClosed = new Promise((resolve) => socket.once("close", resolve));
  await emulator.clock.advance(86_400_000);
  await isClosed;
});

test("an unknown channel has no socket", async () => {
  const socket = new WebSocket(`${organisation.emulator.url.replace("http", "ws")}/channels/unknown`);
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));

  expect(error.message).toContain("404");
});

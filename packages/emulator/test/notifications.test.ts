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

/** A channel with these topics, and what it is told, after `until` so many notifications in all. */
async function subscribe(...topics: string[]) {
  credentials = organisation.emulator.createClient();
  const channel = await call("POST", "/api/v2/notifications/channels");
  const path = `/api/v2/notifications/channels/${channel.id}/subscriptions`;
  const subscriptions = await call(
    "PUT",
    path,
    topics.map((id) => ({ id })),
  );
  const socket = new WebSocket(channel.connectUri);
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator tells
  const told: any[] = [];
  socket.on("message", (data) => told.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once("open", resolve));
  const until = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => void (told.length >= count && resolve());
      socket.on("message", look);
      look();
    });
  return { subscriptions, socket, told, until };
}

test("a channel tells of a conversation's end, and beats", async () => {
  const { emulator, say } = organisation;
  const conversationId = await say("Hello");
  const topic = `v2.detail.events.conversation.${conversationId}.customer.end`;
  const userTopic = `v2.users.${emulator.agent().id}.conversations.messages`;
  const { subscriptions, socket, told, until } = await subscribe(topic, userTopic, "v2.invented");
  expect(subscriptions.entities).toMatchObject([
    { id: topic, state: "Permitted" },
    { id: userTopic, state: "Permitted" },
    { id: "v2.invented", state: "Rejected" },
  ]);

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

test("a queue hears of each message of its customers, with the conversation that it is in", async () => {
  const { integrationId, say } = organisation;
  const conversationId = await say("Hello");
  const { told, until } = await subscribe(`v2.routing.queues.${integrationId}.conversations.messages`);

  await say("Are you there?");

  await until(1);
  const [customer] = told[0].eventBody.participants;
  expect(told[0].eventBody.id).toBe(conversationId);
  expect(customer.messages).toMatchObject([{ messageStatus: "received" }, { messageStatus: "received" }]);
});

test("attributes and wrap-ups are told with what they say", async () => {
  const { callApi, say } = organisation;
  const conversationId = await say("Hello");
  const path = `/api/v2/conversations/messages/${conversationId}`;
  const { body } = await callApi("GET", path);
  const { id: participantId } = body.participants.at(-1);
  const about = `v2.detail.events.conversation.${conversationId}`;
  const { told, until } = await subscribe(`${about}.attributes`, `${about}.acw`);

  await callApi("PATCH", `${path}/participants/${participantId}/attributes`, {
    attributes: { plan: "gold" },
  });
  await callApi("PATCH", `${path}/participants/${participantId}`, {
    wrapup: { notes: "Solved", durationSeconds: 3 },
  });

  await until(2);
  expect(told).toMatchObject([
    { topicName: `${about}.attributes`, eventBody: { participantId, attributes: { plan: "gold" } } },
    {
      topicName: `${about}.acw`,
      eventBody: { participantId, wrapupNotes: "Solved", wrapupDurationMs: 3000, mediaType: "MESSAGE" },
    },
  ]);
});

test("an unknown channel has no socket", async () => {
  const socket = new WebSocket(`${organisation.emulator.url.replace("http", "ws")}/channels/unknown`);
  const error = await new Promise<Error>((resolve) => socket.once("error", resolve));

  expect(error.message).toContain("404");
});

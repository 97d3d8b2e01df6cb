import {
  type Event,
  fetchTransport,
  type Message,
  OpenMessagingClient,
  quickReply,
  type Scope,
  text,
} from "@quickcard/client";
import { expect, test } from "vitest";
import { startGateway, type TestGateway } from "../../../testing/start-gateway.ts";
import { failure } from "./fixtures/failure.ts";

const everything: Scope[] = [
  "messages:send",
  "conversations:read",
  "conversations:write",
  "analytics:conversations:query",
];

/** A client joined to a gateway in memory. */
async function join(
  { gateway, clients }: TestGateway,
  scopes: Scope[] = everything,
): Promise<OpenMessagingClient> {
  const { clientId, clientSecret = "" } = await clients.create({ name: "test", scopes });
  const transport = fetchTransport((request) => gateway.fetch(request));
  return new OpenMessagingClient({ baseUrl: "http://localhost", clientId, clientSecret, transport });
}

const menu = quickReply("Select a service department:", [
  { label: "Sales", value: "dept_sales" },
  { label: "Support", value: "dept_support" },
]);

test("a contact is made, written to, read back, closed, reopened and forgotten", async () => {
  await using server = await startGateway();
  const client = await join(server);

  const made = await client.contacts.create({ channel: "web", displayName: "Ada" });
  expect(await client.contacts.validate(made.id)).toMatchObject({ id: made.id, displayName: "Ada" });
  const sent = await client.messages.send(made.id, menu, { metadata: { order: "17" } });
  expect(await client.messages.get(made.id, sent.id)).toMatchObject({
    id: sent.id,
    content: menu,
    metadata: { order: "17" },
  });

  await client.contacts.close(made.id);
  for (const call of [
    () => client.contacts.validate(made.id),
    () => client.messages.send(made.id, text("Hello")),
  ]) {
    expect(await failure(call())).toMatchObject({ code: "conversation_closed" });
  }
  expect(await client.contacts.reopen(made.id)).toMatchObject({ id: made.id, state: "active" });
  await client.messages.send(made.id, text("Hello"));

  await client.contacts.delete(made.id);
  expect(await failure(client.contacts.get(made.id))).toMatchObject({
    code: "not_found",
    correlationId: expect.any(String),
  });
});

test("the same key sends once, and another body under it is refused", async () => {
  await using server = await startGateway();
  const client = await join(server);
  const { id } = await client.contacts.create({ channel: "web" });

  const [first, second] = [1, 2].map(() => client.messages.send(id, menu, { idempotencyKey: "order-17" }));
  expect((await first)?.id).toBe((await second)?.id);
  const error = await failure(client.messages.send(id, text("Other"), { idempotencyKey: "order-17" }));

  expect(error).toMatchObject({ code: "idempotency_conflict", status: 422 });
  expect((await client.messages.list(id)).entities).toHaveLength(1);
});

test("lists go from page to page", async () => {
  await using server = await startGateway();
  const client = await join(server);
  const { id } = await client.contacts.create({ channel: "web" });
  for (let number = 1; number <= 7; number += 1) await client.messages.send(id, text(`Message ${number}`));
  await client.contacts.create({ channel: "web" });
  await client.contacts.create({ channel: "web" });

  const all: Message[] = [];
  for await (const message of client.messages.listAll(id, { pageSize: 3 })) all.push(message);
  const contactIds = new Set<string>();
  for await (const contact of client.contacts.listAll({ pageSize: 1, channel: "web" }))
    contactIds.add(contact.id);

  expect(all.map(({ content }) => content)).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((number) => text(`Message ${number}`)),
  );
  expect(contactIds.size).toBe(3);
});

test("what the token may not do names the scope, and a message that is wrong its place", async () => {
  await using server = await startGateway();
  const { id } = await server.contact();
  const reader = await join(server, ["conversations:read"]);
  const { clientId, clientSecret = "" } = await server.clients.create({
    name: "unchecked",
    scopes: everything,
  });
  const unchecked = new OpenMessagingClient({
    baseUrl: "http://localhost",
    clientId,
    clientSecret,
    authentication: "basic",
    validate: false,
    fetch: (request) => server.gateway.fetch(request),
  });

  expect(await failure(reader.messages.send(id, menu))).toMatchObject({
    code: "permission_denied",
    missingScope: "messages:send",
  });
  expect(await failure(unchecked.messages.send(id, { ...menu, type: "quickreply" } as never))).toMatchObject({
    code: "invalid_message",
    status: 400,
    issues: [
      {
        pointer: "/content/type",
        code: "invalid.content.type",
        message: expect.stringContaining("quick-reply"),
      },
    ],
  });
});

test("a wrong secret is refused, and a revoked or expired token renewed where that helps", async () => {
  await using server = await startGateway();
  const client = await join(server);
  const wrong = new OpenMessagingClient({
    baseUrl: "http://localhost",
    clientId: "nobody",
    clientSecret: "wrong-secret",
    fetch: (request) => server.gateway.fetch(request),
  });

  expect(await failure(wrong.contacts.list())).toMatchObject({
    code: "authentication_failed",
    apiCode: "invalid_client",
  });
  await client.contacts.list();
  server.clock.aheadMs += 2 * 3_600_000;
  await expect(client.contacts.list()).resolves.toMatchObject({ entities: [] });
});

test("events tell of everything, once, also to a listener that was away", async () => {
  await using server = await startGateway();
  const client = await join(server);
  const { id } = await client.contacts.create({ channel: "web" });
  const heard: Event[] = [];

  await client.messages.send(id, text("One"));
  for await (const event of client.events({ after: "0" })) {
    heard.push(event);
    if (event.type === "message.status" && event.status === "sent") break;
  }
  const after = heard.at(-1)?.id;
  await client.contacts.close(id);
  for await (const event of client.events({ after })) {
    heard.push(event);
    if (event.type === "conversation.state" && event.state === "closed") break;
  }

  expect(new Set(heard.map((event) => event.id)).size).toBe(heard.length);
  expect(heard.map((event) => Number(event.id))).toEqual(
    heard.map((event) => Number(event.id)).sort((a, b) => a - b),
  );
  expect(heard.every((event) => event.contactId === id)).toBe(true);
});

test("conversations of an interval can be asked for", async () => {
  await using server = await startGateway();
  const client = await join(server);
  const { conversationId } = await client.contacts.create({ channel: "web" });
  const hour = 3_600_000;
  const interval = [-hour, hour].map((ms) => new Date(Date.now() + ms).toISOString()).join("/");

  const result = await client.analytics.queryConversations({ interval });

  expect(result).toMatchObject({ totalHits: 1, conversations: [{ conversationId }] });
});

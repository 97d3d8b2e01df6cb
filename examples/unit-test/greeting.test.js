import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConversationClosedError, OpenMessagingClient } from "@quickcard/client";
import { createClientRegistry, createGateway, openSqliteStore } from "@quickcard/gateway";
import { pino } from "pino";
import { greet } from "./greeting.js";

// A whole gateway in this process: no port, no network, no mocks.
const folder = mkdtempSync(join(tmpdir(), "greeting-"));
const store = openSqliteStore(folder);
const gateway = createGateway({
  store,
  logger: pino({ level: "silent" }),
  rateLimitPerMinute: 1000,
  allowHttpMedia: false,
  now: Date.now,
  monotonicNow: () => performance.now(),
});
const scopes = ["messages:send", "conversations:read", "conversations:write"];
const { clientId, clientSecret } = await createClientRegistry(store, Date.now).create({
  name: "test",
  scopes,
});
const client = new OpenMessagingClient({
  baseUrl: "http://localhost",
  clientId,
  clientSecret,
  fetch: gateway.fetch,
});

after(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true });
});

void test("greets a customer by name, with a menu", async () => {
  const { id } = await client.contacts.create({ channel: "web", displayName: "Ada" });

  await greet(client, id);

  const { entities } = await client.messages.list(id);
  const [message] = entities;
  assert.equal(message?.content.type, "quick-reply");
  assert.equal(message.content.title, "Hello Ada! What is it about?");
});

void test("does not greet whoever has left", async () => {
  const { id } = await client.contacts.create({ channel: "web" });
  await client.contacts.close(id);

  await assert.rejects(greet(client, id), (error) => ConversationClosedError.is(error));
});

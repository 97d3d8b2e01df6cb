import { createHmac } from "node:crypto";
import { stoppedTime } from "@quickcard/emulator";
import { afterEach, expect, test } from "vitest";
import { startMiddleware, startOrganisation, webhookSecret } from "./start-emulator.ts";

const started: { close(): Promise<void> }[] = [];
const time = stoppedTime(new Date("2026-01-01T00:00:00Z"));

async function start(options = {}) {
  const organisation = await startOrganisation({ time, ...options });
  started.push(organisation);
  return organisation;
}

afterEach(async () => {
  for (const organisation of started.splice(0)) await organisation.close();
});

test("a webhook carries the base64 HMAC of its bytes, and the fields of a captured one", async () => {
  const { emulator, middleware, integrationId, say } = await start();
  const conversationId = await say("Hello");

  const { id } = emulator.agent().send(conversationId, "café 😀");
  await emulator.settled();

  const [webhook] = middleware.received;
  const signature = createHmac("sha256", webhookSecret)
    .update(webhook?.text ?? "")
    .digest("base64");
  expect(webhook?.headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
  expect(webhook?.body).toEqual({
    id,
    channel: {
      id: integrationId,
      platform: "Open",
      type: "Private",
      messageId: id,
      to: { id: "cust-42", idType: "Opaque" },
      from: { nickname: "Shop", id: integrationId, idType: "Opaque" },
      time: "2026-01-01T00:00:00.000Z",
    },
    type: "Text",
    text: "café 😀",
    originatingEntity: "Human",
    direction: "Outbound",
    conversationId,
  });
});

test("an integration whose webhook has moved keeps its id, its secret and its conversations", async () => {
  const { emulator, middleware, integrationId, say } = await start();
  const conversationId = await say("Hello");
  const moved = `${middleware.url}/moved`;

  const id = emulator.putIntegration({ name: "Shop", outboundNotificationWebhookUrl: moved });
  emulator.agent().send(conversationId, "Hi");
  await emulator.settled();

  const signature = createHmac("sha256", webhookSecret).update(middleware.received[0]?.text ?? "");
  expect(id).toBe(integrationId);
  expect(emulator.wireLog.after(0).at(-1)).toMatchObject({ kind: "webhook", url: moved, status: 200 });
  expect(middleware.received[0]?.headers["x-hub-signature-256"]).toBe(`sha256=${signature.digest("base64")}`);
  expect(emulator.putIntegration({ name: "Another" })).not.toBe(integrationId);
});

test.each([500, 503, 429, "nothing"] as const)(
  "an answer of %s is tried five times more, 5 s apart, and then given up",
  async (answer) => {
    const { emulator, middleware, callApi, say } = await start();
    const conversationId = await say("Hello");
    middleware.answer = answer;
    const { id } = emulator.agent().send(conversationId, "Hi");

    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await middleware.until(attempt);
      if (answer === "nothing") await emulator.clock.advance(10_000);
      await emulator.settled();
      expect(middleware.received).toHaveLength(attempt);
      await emulator.clock.advance(4999);
      await emulator.settled();
      expect(middleware.received).toHaveLength(attempt);
      await emulator.clock.advance(1);
    }
    await emulator.clock.advance(3_600_000);
    await emulator.settled();

    expect(middleware.received).toHaveLength(6);
    const { body } = await callApi("GET", `/api/v2/conversations/messages/${id}/details`);
    expect(body.status).toBe("failed");
    const conversation = await callApi("GET", `/api/v2/conversations/messages/${conversationId}`);
    expect(conversation.body.participants[0].state).toBe("connected");
  },
);

test.each([302, 400, 404])("an answer of %s fails the whole conversation", async (answer) => {
  const { emulator, middleware, callApi, say } = await start();
  const conversationId = await say("Hello");
  middleware.answer = answer;

  emulator.agent().send(conversationId, "one");
  emulator.agent().send(conversationId, "two");
  await emulator.settled();
  await emulator.clock.advance(60_000);
  await emulator.settled();

  expect(middleware.received.map(({ body }) => body.text)).toEqual(["one"]);
  const { body } = await callApi("GET", `/api/v2/conversations/messages/${conversationId}`);
  expect(body.participants[0]).toMatchObject({
    state: "disconnected",
    disconnectType: "transport.failure",
  });
});

test("the next message of a conversation waits until the one before is accepted; others do not", async () => {
  const { emulator, middleware, say } = await start();
  const [bob, eve] = [await say("Hello", "bob"), await say("Hello", "eve")];
  middleware.answer = 503;
  emulator.agent().send(bob, "one");
  emulator.agent().send(bob, "two");
  await emulator.settled();

  middleware.answer = 200;
  emulator.agent().send(eve, "other");
  await emulator.settled();
  await emulator.clock.advance(5000);
  await emulator.settled();

  expect(middleware.received.map(({ body }) => body.text)).toEqual(["one", "other", "one", "two"]);
});

test("a webhook address changed by PATCH holds for what waits and for what comes", async () => {
  const { emulator, middleware, integrationId, callApi, say } = await start();
  const other = await startMiddleware();
  started.push(other);
  const conversationId = await say("Hello");
  middleware.answer = 503;
  emulator.agent().send(conversationId, "waiting");
  await emulator.settled();

  const path = `/api/v2/conversations/messaging/integrations/open/${integrationId}`;
  const secret = "another secret of sixteen";
  await callApi("PATCH", path, {
    name: "Shop",
    outboundNotificationWebhookUrl: other.url,
    outboundNotificationWebhookSignatureSecretToken: secret,
  });
  emulator.agent().send(conversationId, "new");
  await emulator.clock.advance(5000);
  await emulator.settled();

  expect(middleware.received.map(({ body }) => body.text)).toEqual(["waiting"]);
  expect(other.received.map(({ body }) => body.text)).toEqual(["waiting", "new"]);
  const [first] = other.received;
  expect(first?.headers["x-hub-signature-256"]).toBe(
    `sha256=${createHmac("sha256", secret)
      .update(first?.text ?? "")
      .digest("base64")}`,
  );
});

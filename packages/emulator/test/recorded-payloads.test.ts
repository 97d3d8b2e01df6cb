import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stoppedTime } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFaults } from "../src/wire/find-faults.ts";
import recorded from "./fixtures/recorded-payloads.json" with { type: "json" };
import { inbound, startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;

beforeAll(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
});

afterAll(() => organisation.close());

const named = <Recording extends { name: string }>(list: readonly Recording[]) =>
  list.map((recording) => [recording.name, recording] as const);

/** The names of everything in a value, so that two payloads can be compared in shape. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  const entries = Object.entries(value).map(([name, item]) => [
    name.replace("nickName", "nickname"),
    shapeOf(item),
  ]);
  return Object.fromEntries(entries);
}

test.each(named(recorded.outbound))(
  "%s leaves on the webhook in the recorded shape",
  async (_, { payload }) => {
    const { emulator, middleware, say } = organisation;
    const conversationId = await say("Hello");
    const { type, text, content } = payload as { type: "Text" | "Structured"; text?: string; content?: [] };

    emulator.agent().sendAsBot(conversationId, {
      type,
      ...(text === undefined ? {} : { text }),
      ...(content === undefined ? {} : { content }),
    });
    await emulator.settled();

    const sent = middleware.received.at(-1)?.body;
    const shape = shapeOf({ conversationId: "", ...payload });
    expect(shapeOf(sent)).toEqual(shape);
    expect(sent.content).toEqual(content);
  },
);

test("a card leaves as it is in the platform's own model", async () => {
  const { emulator, middleware, say } = organisation;
  emulator.agent().sendAsBot(await say("Hello"), recorded.card.payload as never);
  await emulator.settled();

  expect(middleware.received.at(-1)?.body).toMatchObject(recorded.card.payload);
});

test("typing leaves in the recorded shape, once a messaging setting lets it out", async () => {
  const { emulator, middleware, integrationId, callApi, say } = organisation;
  const conversationId = await say("Hello");
  const before = middleware.received.length;
  emulator.agent().typing(conversationId);
  await emulator.settled();
  expect(middleware.received).toHaveLength(before);

  const setting = await callApi("POST", "/api/v2/conversations/messaging/settings", {
    name: "Typing",
    event: { typing: { on: { inbound: "Enabled", outbound: "Enabled" } } },
  });
  await callApi("PATCH", `/api/v2/conversations/messaging/integrations/open/${integrationId}`, {
    name: "Shop",
    messagingSetting: { id: setting.body.id },
  });
  emulator.agent().typing(conversationId, 5000);
  await emulator.settled();

  const sent = middleware.received.at(-1)?.body;
  expect(sent).toMatchObject({ events: recorded.typing.payload.events, type: "Event" });
  expect(shapeOf(sent)).toMatchObject(shapeOf(recorded.typing.payload) as object);
});

test.each(recorded.inbound.map((recording) => [recording.route, recording.name, recording] as const))(
  "%s: %s is taken as it was recorded, and answered with the same",
  async (route, name, { payload }) => {
    const { emulator, integrationId, callApi, say } = organisation;
    const from = "abcdef12345@socialmedia";
    const conversationId = await say("Hello", from);
    const { id } = emulator.agent().send(conversationId, "Hi");
    const references =
      route === "receipt" ? { id } : route === "structured/response" ? { originatingMessageId: id } : {};

    const { status, body } = await callApi(
      "POST",
      `/api/v2/conversations/messages/${integrationId}/inbound/open/${route}`,
      // Each recording has the same id and time, which would make them one message.
      { ...payload, ...references, channel: { ...payload.channel, messageId: `${route} ${name}` } },
    );

    expect(status).toBe(200);
    const { channel, text, content, reasons, status: told } = payload as Record<string, unknown>;
    const same = { text, content, reasons, status: told };
    const known = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined));
    expect(body).toMatchObject({
      ...known,
      channel: { platform: "Open", type: "Private", time: (channel as { time: string }).time },
    });
  },
);

test.each(named(recorded.deprecatedInbound))(
  "%s is taken by the deprecated operation as it was recorded",
  async (_, { payload }) => {
    const { emulator, integrationId, callApi, say } = organisation;
    const { id } = emulator.agent().send(await say("Hello"), "Hi");
    const { channel, type } = payload;
    const isReceipt = type === "Receipt";
    const own = { ...channel[isReceipt ? "from" : "to"], id: integrationId };
    const body = {
      ...payload,
      ...(isReceipt ? { id } : {}),
      channel: { ...channel, [isReceipt ? "from" : "to"]: own },
    };

    const { status, body: answer } = await callApi(
      "POST",
      "/api/v2/conversations/messages/inbound/open",
      body,
    );

    expect(status).toBe(200);
    const {
      channel: _channel,
      direction: _direction,
      metadata: _metadata,
      ...said
    } = body as Record<string, unknown>;
    expect(answer).toMatchObject({
      ...said,
      channel: { id: integrationId, platform: "Open", time: channel.time },
    });
  },
);

test("an agent begins a conversation as it was recorded, and writes in it", async () => {
  const { middleware, emulator, integrationId, callApi } = organisation;
  const path = "/api/v2/conversations/messages";
  const { payload } = recorded.agentConversation;
  const sms = await callApi("POST", path, payload);
  expect(sms).toMatchObject({ status: 400, body: { message: expect.stringContaining("open alone") } });

  const begun = await callApi("POST", path, { ...payload, toAddressMessengerType: "open" });
  const { body: conversation } = await callApi("GET", `/api/v2/conversations/${begun.body.id}`);
  const agent = conversation.participants.find(({ purpose }: { purpose: string }) => purpose === "agent");
  await callApi("POST", `${path}/${begun.body.id}/communications/${agent.messages[0].id}/messages`, {
    textBody: "Your parcel is here",
  });
  await emulator.settled();

  expect(begun).toMatchObject({ status: 200, body: { selfUri: `${path}/${begun.body.id}` } });
  expect(middleware.received.at(-1)?.body).toMatchObject({
    conversationId: begun.body.id,
    channel: { to: { id: payload.toAddress }, from: { id: integrationId } },
    text: "Your parcel is here",
  });

  const again = { ...payload, toAddressMessengerType: "open" };
  expect((await callApi("POST", path, again)).status).toBe(400);
  await callApi("PATCH", `${path}/${begun.body.id}`, { state: "disconnected" });
  expect((await callApi("POST", path, { ...again, useExistingConversation: false })).status).toBe(400);
  expect((await callApi("POST", path, again)).body.id).toBe(begun.body.id);
});

test("the recorded answer of a legacy bot server reaches the customer; the server is asked at its own address", async () => {
  const { emulator, middleware, integrationId, say } = organisation;
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify(recorded.legacyBot.answer.payload));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/handle-utterance`;
  const flowId = emulator.createFlow({
    name: "Legacy",
    bot: { kind: "legacy-connector", url, botId: "cookies" },
  });
  emulator.setFlow(integrationId, flowId);

  await say("Hello", "legacy-customer");
  await emulator.settled();
  emulator.setFlow(integrationId, undefined);
  server.close();

  expect(asked).toEqual(["/handle-utterance"]);
  expect(middleware.received.slice(-2).map(({ body }) => body)).toMatchObject([
    { type: "Text", text: "your cookie is ordered" },
    {
      type: "Structured",
      content: [
        { quickReply: { text: "I want to order cookies", payload: "I want to order cookies" } },
        { quickReply: { text: "I want to book a trip to Paris" } },
      ],
    },
  ]);
});

test("the recorded bots of a legacy server are a list of bots", () => {
  expect(findFaults("BotList", recorded.legacyBot.botList.payload)).toEqual([]);
});

test("a bot server is asked in the recorded shape, and its recorded answer reaches the customer", async () => {
  const { emulator, middleware, integrationId, callApi, say } = organisation;
  const questions: unknown[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      questions.push(JSON.parse(text));
      const { payload } = recorded.bot.answer;
      response.end(JSON.stringify(questions.length === 1 ? { botState: "MoreData" } : payload));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { botId, botVersion, parameters } = recorded.bot.request.payload;
  const flowId = emulator.createFlow({
    name: "Cookies",
    bot: {
      kind: "connector",
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      botId,
      botVersion,
      parameters,
    },
  });
  emulator.setFlow(integrationId, flowId);

  const conversationId = await say("Hello", "cookie-monster");
  const [first] = emulator.agent().messages(conversationId);
  await emulator.settled();
  const { id } = emulator.agent().send(conversationId, "Which?");
  await callApi("POST", `/api/v2/conversations/messages/${integrationId}/inbound/open/structured/response`, {
    ...inbound("cookie-monster"),
    buttonResponse: { type: "QuickReply", text: "Button Response Text", payload: "cookie" },
    originatingMessageId: id,
  });
  await emulator.settled();
  server.close();

  expect(first?.direction).toBe("inbound");
  expect(shapeOf(questions[1])).toMatchObject(shapeOf(recorded.bot.request.payload) as object);
  const { replyMessages } = recorded.bot.answer.payload;
  expect(middleware.received.slice(-2).map(({ body }) => body)).toMatchObject(replyMessages);
});

test("errors have the fields of a recorded one", async () => {
  const { body } = await organisation.callApi("GET", "/api/v2/nothing");

  expect(Object.keys(body).sort()).toEqual(Object.keys(recorded.error.payload).sort());
});

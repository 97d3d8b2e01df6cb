import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stoppedTime } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
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

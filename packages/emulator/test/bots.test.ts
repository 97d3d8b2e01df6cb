import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { stoppedTime } from "@quickcard/emulator";
import { afterEach, expect, test } from "vitest";
import { inbound, startOrganisation } from "./start-emulator.ts";

const started: { close(): Promise<unknown> }[] = [];

async function start() {
  const organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  started.push(organisation);
  return organisation;
}

/** A bot server as Genesys Digital Bot Connector calls it; `answer` says what it answers. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the emulator asks
async function startBotServer(answer: (question: any) => unknown) {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the emulator asks
  const questions: { path: string | undefined; secret: unknown; body: any }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      questions.push({ path: request.url, secret: request.headers["x-bot-secret"], body });
      const said = answer(body);
      if (said !== undefined) response.end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  started.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, questions };
}

afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

const menu = {
  type: "Structured" as const,
  text: "What would you like?",
  content: [
    {
      contentType: "QuickReply" as const,
      quickReply: { text: "I want a cookie", payload: "cookie", action: "Message" as const },
    },
  ],
};

test("a scripted bot answers first, hears taps by their payload, and leaves to an agent", async () => {
  const { emulator, middleware, integrationId, callApi, say } = await start();
  const flowId = emulator.createFlow({
    name: "Welcome",
    bot: {
      kind: "script",
      rules: [
        { when: ["COOKIE"], replies: [{ type: "Text", text: "An agent brings it." }], next: "agent" },
        { replies: [menu] },
      ],
    },
  });
  emulator.setFlow(integrationId, flowId);

  const conversationId = await say("Hello");
  await emulator.settled();

  const question = middleware.received[0]?.body;
  expect(question).toMatchObject({ ...menu, originatingEntity: "Bot", conversationId });
  expect(emulator.agent().conversations()).toEqual([]);

  await callApi("POST", `/api/v2/conversations/messages/${integrationId}/inbound/open/structured/response`, {
    ...inbound(),
    buttonResponse: { type: "QuickReply", text: "I want a cookie", payload: "cookie" },
    originatingMessageId: question.id,
  });
  await emulator.settled();

  expect(middleware.received[1]?.body).toMatchObject({ type: "Text", text: "An agent brings it." });
  expect(emulator.agent().conversations()).toMatchObject([{ id: conversationId }]);
  expect(emulator.agent().messages(conversationId)[2]?.normalizedMessage).toMatchObject({
    type: "Structured",
    content: [
      {
        contentType: "ButtonResponse",
        buttonResponse: { originatingMessageId: question.id, payload: "cookie" },
      },
    ],
  });
});

test("a connected bot is asked with the documented fields, and speaks of its own accord while its session lives", async () => {
  const { emulator, middleware, integrationId, callApi, say } = await start();
  const bot = await startBotServer(({ inputMessage }) =>
    inputMessage.text === "Bye"
      ? { botState: "Complete", intent: "done" }
      : { botState: "MoreData", replyMessages: [menu] },
  );
  const flowId = emulator.createFlow({
    name: "Templates",
    bot: {
      kind: "connector",
      url: bot.url,
      headers: { "x-bot-secret": "shared" },
      botId: "templates",
      parameters: { template: "menu" },
    },
  });
  await callApi("PUT", `/api/v2/routing/message/recipients/${integrationId}`, { flow: { id: flowId } });

  const conversationId = await say("Hello");
  await emulator.settled();

  expect(bot.questions).toEqual([
    {
      path: "/botconnector/messages",
      secret: "shared",
      body: {
        botId: "templates",
        botVersion: "1",
        botSessionId: expect.stringMatching(/^[\da-f-]{36}$/),
        messageId: expect.stringMatching(/^[\da-f-]{36}$/),
        inputMessage: { type: "Text", text: "Hello" },
        languageCode: "en-us",
        botSessionTimeout: 360,
        genesysConversationId: conversationId,
        parameters: { template: "menu" },
      },
    },
  ]);
  expect(middleware.received[0]?.body).toMatchObject(menu);

  const push = {
    botId: "templates",
    botVersion: "1",
    botSessionId: bot.questions[0]?.body.botSessionId,
    botState: "MoreData",
    languageCode: "en-us",
    replyMessages: [{ type: "Text", text: "Still there?" }],
  };
  const pushed = await callApi("POST", "/api/v2/integrations/botconnectors/outgoing/messages", push);
  await emulator.settled();
  expect(middleware.received[1]?.body).toMatchObject({ id: pushed.body.messageId, text: "Still there?" });

  await say("Bye");
  await emulator.settled();
  expect(emulator.agent().conversations()).toMatchObject([{ id: conversationId }]);
  expect(await callApi("POST", "/api/v2/integrations/botconnectors/outgoing/messages", push)).toMatchObject({
    status: 404,
  });
});

test.each([
  ["says nothing in time", () => undefined],
  ["answers without a state", () => ({ replyMessages: [menu] })],
  ["answers content that is none", () => ({ botState: "MoreData", replyMessages: [{ type: "Card" }] })],
])("a connected bot that %s leaves the customer to an agent", async (_, answer) => {
  const { emulator, integrationId, say } = await start();
  const bot = await startBotServer(answer);
  const flowId = emulator.createFlow({
    name: "Broken",
    bot: { kind: "connector", url: bot.url, botId: "broken" },
  });
  emulator.setFlow(integrationId, flowId);

  const conversationId = await say("Hello");
  while (bot.questions.length === 0) await new Promise((resolve) => void setImmediate(resolve));
  await emulator.clock.advance(30_000);
  await emulator.settled();

  expect(emulator.agent().conversations()).toMatchObject([{ id: conversationId }]);
  expect(emulator.wireLog.after(0).at(-1)).toMatchObject({
    kind: "bot-connector",
    failure: expect.any(String),
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, readTemplates } from "@quickcard/gateway";
import fc from "fast-check";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { wireArbitrary } from "../../../testing/wire-arbitrary.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";

const secret = "the-bot's-own-secret-0123";
const menu = {
  type: "quick-reply",
  title: "Hello {{name}}, what size?",
  choices: [
    { label: "Small", value: "{{sku}}-s" },
    { label: "Large", value: "{{sku}}-l" },
  ],
};
const picture = { type: "card", title: "{{title}}", image: { url: "{{url}}" } };
let directory = "";
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "quickcard-templates-"));
  writeFileSync(join(directory, "size.json"), JSON.stringify(menu));
  writeFileSync(join(directory, "picture.json"), JSON.stringify(picture));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(directory, { recursive: true });
});

function start() {
  const gateway = createGateway({
    store: createMemoryStore(),
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 300,
    allowHttpMedia: false,
    now: Date.now,
    monotonicNow: () => performance.now(),
    genesysCloud: {
      cloud: { baseUrl: "http://127.0.0.1:9", clientId: "id", clientSecret: "secret" },
      integrations: [{ id: "one", webhookSecrets: ["0123456789abcdef-test"] }],
      botConnector: { secret, templates: readTemplates(directory, { allowHttp: false }) },
      spoolDirectory: join(directory, "spool"),
    },
  });
  closing.push(() => gateway.close());
  const call = async (path: string, body?: unknown, given: string = secret) => {
    const answer = await gateway.fetch(
      new Request(`http://gateway.test/genesys-cloud/botconnector/${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { "quickcard-bot-secret": given, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const turn = async (
    parameters: Record<string, string>,
    inputMessage: unknown = { type: "Text", text: "Hi" },
  ) =>
    (
      await call("messages", {
        botId: "quickcard",
        botSessionId: "s1",
        languageCode: "en-us",
        inputMessage,
        parameters,
      })
    ).body;
  return { call, turn };
}

const size = { template: "size", name: "Ada", sku: "7" };

test("a flow that names a template gets its quick replies, filled in, and waits for one of them", async () => {
  expect(await start().turn(size)).toMatchObject({
    botState: "MoreData",
    botSessionId: "s1",
    replyMessages: [
      {
        type: "Structured",
        text: "Hello Ada, what size?",
        content: [
          { contentType: "QuickReply", quickReply: { text: "Small", payload: "7-s", action: "Message" } },
          { contentType: "QuickReply", quickReply: { text: "Large", payload: "7-l", action: "Message" } },
        ],
      },
    ],
  });
});

test.each([
  [
    "tapped",
    {
      type: "Structured",
      content: [
        {
          contentType: "ButtonResponse",
          buttonResponse: { type: "QuickReply", text: "Large", payload: "7-l" },
        },
      ],
    },
  ],
  ["written", { type: "Text", text: " large " }],
])("the choice that was %s comes back to the flow, under the intent of the template", async (_, input) => {
  expect(await start().turn(size, input)).toMatchObject({
    botState: "Complete",
    intent: "size",
    parameters: { choice: "7-l", choiceLabel: "Large" },
  });
});

test("a message without choices is shown, and the flow goes on", async () => {
  const shown = await start().turn({ template: "picture", title: "Shoes", url: "https://example.com/a.png" });

  expect(shown).toMatchObject({
    botState: "Complete",
    intent: "picture",
    replyMessages: [
      { content: [{ contentType: "Card", card: { title: "Shoes", image: "https://example.com/a.png" } }] },
    ],
  });
});

describe("a flow takes its failure path, and reads why, where", () => {
  test.each([
    ["there is no such template", { template: "sise" }, /"sise".*size/],
    ["a variable is missing", { template: "size", name: "Ada" }, /needs the parameters sku/],
    [
      "a value makes it no message",
      { template: "picture", title: "T", url: "javascript:alert(1)" },
      /wrong at \/image\/url/,
    ],
  ])("%s", async (_, parameters, reason) => {
    const answer = await start().turn(parameters as Record<string, string>);

    expect(answer).toMatchObject({
      botState: "Failed",
      errorInfo: { message: expect.stringMatching(reason) },
    });
  });
});

test("whatever the platform's own model of a question allows is answered", async () => {
  const { call } = start();
  await fc.assert(
    fc.asyncProperty(wireArbitrary("IncomingMessageRequest"), async (question) => {
      expect(await call("messages", question)).toMatchObject({ status: 200, body: { botState: "Failed" } });
    }),
    { numRuns: 50 },
  );
});

describe("by the legacy Bot Connector", () => {
  const ask = async (more: object) =>
    (
      await start().call("utterances", {
        botSessionId: "s1",
        inputMessage: { type: "Text", text: "Hi" },
        ...more,
      })
    ).body;

  test("a flow is answered under the legacy names", async () => {
    expect(await ask({ botId: "quickcard", parameters: size })).toEqual({
      botState: "MoreData",
      replymessages: [expect.objectContaining({ type: "Structured", text: "Hello Ada, what size?" })],
      intent: "",
      confidence: 1,
      slotValues: {},
    });
  });

  test("the choice comes back in slots", async () => {
    expect(await ask({ parameters: size, inputMessage: { type: "text", text: "Small" } })).toMatchObject({
      botState: "Complete",
      replymessages: [],
      intent: "size",
      slotValues: { choice: "7-s", choiceLabel: "Small" },
    });
  });

  test("a template is named by the id of the bot where no parameter names one", async () => {
    const { template: _, ...values } = size;
    expect(await ask({ botId: "size", parameters: values })).toMatchObject({ botState: "MoreData" });
  });

  test("what fails is told under the legacy names", async () => {
    expect(await ask({ botId: "sise" })).toMatchObject({
      botState: "Failed",
      errorInfo: { errorCode: "template.unusable", errorMessage: expect.stringContaining('"sise"') },
    });
  });
});

test("each template is an intent of the one bot", async () => {
  const { call } = start();

  expect((await call("bots")).body).toMatchObject({ entities: [{ id: "quickcard" }] });
  expect((await call("bots/quickcard")).body).toMatchObject({
    versions: [{ intents: [{ name: "picture" }, { name: "size" }] }],
  });
  expect((await call("bots/other")).status).toBe(404);
});

test("without the secret nothing is answered", async () => {
  const { call } = start();

  for (const path of ["bots", "bots/quickcard"])
    expect((await call(path, undefined, "wrong")).status).toBe(401);
  for (const path of ["messages", "utterances"])
    expect((await call(path, { botSessionId: "s1" }, "wrong")).status).toBe(401);
});

test.each([
  ["no JSON", "bad.json", "{", /no JSON/],
  ["no message", "bad.json", '{"type":"carousel","cards":[]}', /wrong at \/cards/],
  ["a name that nobody can ask for", "bad name.json", "{}", /no flow can ask for/],
])("a template that is %s is refused at the start", (_, name, text, reason) => {
  writeFileSync(join(directory, name), text);

  expect(() => readTemplates(directory, { allowHttp: false })).toThrow(reason);
});

import { expect, test } from "vitest";
import { partsOf } from "../src/desk/conversation/normalized-content.ts";
import { speakerOf } from "../src/desk/conversation/speaker.ts";
import {
  emptyDesk,
  withConversation,
  withCustomer,
  withExchange,
  withMessage,
  withSelection,
  withStart,
} from "../src/desk/desk-state.ts";
import type { DeskConversation, DeskMessage, Exchange } from "../src/desk/desk-wire.ts";
import { collapseRepeats } from "../src/desk/wire/collapse-repeats.ts";
import { gistOf, targetOf } from "../src/desk/wire/describe-exchange.ts";
import { exchangeCurl } from "../src/desk/wire/exchange-curl.ts";
import { jsonTokens } from "../src/desk/wire/json-tokens.ts";

const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  id: 1,
  kind: "request",
  at: "2026-01-01T00:00:00.000Z",
  method: "POST",
  url: "/api/v2/conversations/messages/b66e9d29-6d5f-4fe9-9a4c-a1f9a1fb8a3e/inbound/open/message",
  requestHeaders: {},
  requestBody: "",
  durationMs: 1,
  ...more,
});

const conversation = (id: string, isLive = true): DeskConversation => ({
  id,
  integrationName: "Shop",
  customerName: id,
  isLive,
  startTime: "2026-01-01T00:00:00.000Z",
  participants: [],
});

const message = (id: string, conversationId: string, status = "received"): DeskMessage => ({
  id,
  conversationId,
  communicationId: "customer",
  direction: "inbound",
  status,
  timestamp: "2026-01-01T00:00:00.000Z",
  normalizedMessage: { type: "Text", text: id },
});

test("quick replies become one question, and other content stands by itself", () => {
  const parts = partsOf({
    type: "Structured",
    text: "Proceed?",
    content: [
      { contentType: "QuickReply", quickReply: { text: "Yes", payload: "yes" } },
      { contentType: "QuickReply", quickReply: { text: "No", payload: "no" } },
      { contentType: "DatePicker" },
    ],
  });

  expect(parts).toEqual([
    {
      kind: "content",
      content: {
        type: "quick-reply",
        title: "Proceed?",
        choices: [
          { label: "Yes", value: "yes" },
          { label: "No", value: "no" },
        ],
      },
    },
    { kind: "other", contentType: "DatePicker" },
  ]);
});

test("a date picker and a list are questions with their choices, and what names no kind is said by its name", () => {
  const [dates, list, unknown] = partsOf({
    type: "Structured",
    content: [
      {
        contentType: "DatePicker",
        datePicker: {
          title: "When?",
          subtitle: "Soon",
          availableTimes: [{ dateTime: "2027-01-11T09:00:00Z" }],
        },
      },
      {
        contentType: "ListPicker",
        listPicker: { sections: [{ title: "Size", items: [{ title: "Small" }] }] },
      },
      { contentType: "Story" },
    ],
  });

  expect(dates).toMatchObject({
    content: { title: "When?\nSoon", choices: [{ label: expect.stringMatching(/11.*\d:00/) }] },
  });
  expect(list).toMatchObject({ content: { title: "Size", choices: [{ label: "Small" }] } });
  expect(unknown).toEqual({ kind: "other", contentType: "Story" });
});

test("a message is the customer's, an agent's by name, a bot's or a program's", () => {
  const outbound = (communicationId: string, originatingEntity = "Human"): DeskMessage => ({
    ...message("m", "one"),
    direction: "outbound",
    communicationId,
    normalizedMessage: { type: "Text", text: "Hi", originatingEntity },
  });
  const participants = [
    { purpose: "agent", name: "Grace" },
    { purpose: "api", name: "API" },
  ].map((more) => ({ ...more, id: more.name, communicationId: more.name, state: "connected" }));
  const parties = { customerName: "Ada", participants };

  expect(speakerOf(message("m", "one"), parties)).toBe("Ada");
  expect(speakerOf(outbound("Grace"), parties)).toBe("Grace");
  expect(speakerOf(outbound("Grace", "Bot"), parties)).toBe("Bot");
  expect(speakerOf(outbound("API"), parties)).toBe("Program");
});

test("a tap shows its words and what it returns, once", () => {
  const content = [{ contentType: "ButtonResponse", buttonResponse: { text: "Yes", payload: "yes" } }];
  expect(partsOf({ type: "Structured", text: "Yes", content })).toEqual([
    { kind: "tap", text: "Yes", payload: "yes" },
  ]);
});

test("a command quotes what a shell would take apart, and names secrets as variables", () => {
  const command = exchangeCurl(
    exchange({
      requestHeaders: { authorization: "(hidden)", "x-my-key": "(hidden)", host: "a", accept: "*/*" },
      requestBody: `{"text":"it's $HOME"}`,
    }),
    "http://127.0.0.1:4480",
  );

  expect(command.split(" \\\n  ")).toEqual([
    `curl -X POST 'http://127.0.0.1:4480${exchange().url}'`,
    '-H "authorization: Bearer $TOKEN"',
    '-H "x-my-key: $X_MY_KEY"',
    "-H 'accept: */*'",
    `--data-binary '{"text":"it'\\''s $HOME"}'`,
  ]);
});

test("coloured JSON is the same text, piece by piece", () => {
  const text = JSON.stringify({ a: 'say "b": 1', n: [-1.5e3, true, null], "k\\": {} }, null, 2);
  const tokens = jsonTokens(text);

  expect(tokens.map((token) => token.text).join("")).toBe(text);
  expect(tokens.filter(({ kind }) => kind === "name").map((token) => token.text)).toEqual([
    '"a"',
    '"n"',
    '"k\\\\"',
  ]);
  expect(jsonTokens("grant_type=client_credentials")).toHaveLength(1);
});

test("a row tells what was called and what it is about", () => {
  const tap = JSON.stringify({ buttonResponse: { text: "Yes", payload: "yes" } });

  expect(targetOf(exchange())).toBe("…/messages/b66e…/inbound/open/message");
  expect(targetOf(exchange({ url: "/api/v2/conversations/b66e9d29-6d5f-4fe9-9a4c-a1f9a1fb8a3e" }))).toBe(
    "/conversations/b66e…",
  );
  expect(targetOf(exchange({ url: "/api/v2/tokens/me?expand=all" }))).toBe("/tokens/me");
  expect(targetOf(exchange({ kind: "webhook", url: "http://127.0.0.1:1/hook" }))).toBe("127.0.0.1:1/hook");
  expect(gistOf(exchange({ requestBody: tap }))).toBe("ButtonResponse “Yes”");
  expect(gistOf(exchange({ requestBody: "{not json" }))).toBe("");
});

test("looks at the same thing are one row until something else happens", () => {
  const looks = (...rows: Partial<Exchange>[]) =>
    collapseRepeats(rows.map((more, at) => exchange({ id: at + 1, method: "GET", status: 200, ...more })));
  const counts = (rows: ReturnType<typeof looks>) => rows.map(({ firstId, times }) => [firstId, times]);

  expect(counts(looks({}, {}, { method: "POST" }, {}))).toEqual([
    [1, 2],
    [3, 1],
    [4, 1],
  ]);
  expect(looks({}, {}, {})[0]?.exchange.id).toBe(3);
  for (const other of [{ faults: ["latency"] }, { method: "POST" }])
    expect(looks({}, other, {})).toHaveLength(3);
  for (const other of [{ url: "/other" }, { status: 500 }])
    expect(counts(looks({}, other, {}, other, {}))).toEqual([
      [1, 3],
      [2, 2],
    ]);
  expect(looks({ method: "POST" }, { method: "POST" })).toHaveLength(2);
});

test("the first conversation is looked at by itself, a second one beside a live one is not", () => {
  const one = withConversation(emptyDesk, conversation("one"));
  const two = withConversation(one, conversation("two"));
  const after = withMessage(withMessage(two, message("a", "one")), message("b", "two"));

  expect(after.selectedId).toBe("one");
  expect(after.messages.map(({ id }) => id)).toEqual(["a"]);
  expect(after.unread).toEqual({ one: 0, two: 1 });
  expect(withSelection(after, "two").unread.two).toBe(0);
  const over = withConversation(after, conversation("one", false));
  expect(withConversation(over, conversation("three")).selectedId).toBe("three");
});

test("the phone beside a conversation is its customer's, and the conversation beside a phone its owner's latest", () => {
  const customers = ["one", "two"].map((name) => ({ name, chatUrl: `http://127.0.0.1/${name}` }));
  const conversations = [conversation("two"), conversation("one"), conversation("without a phone")];
  const start = { now: "2026-01-01T00:00:00Z", agents: [], cannedReplies: [], faults: [], customers };
  const both = withStart(emptyDesk, { ...start, conversations }, 0);
  const first = withStart(emptyDesk, { ...start, conversations: conversations.slice(1) }, 0);
  const begun = withConversation(withCustomer(first, "two"), conversation("two"));

  expect(both).toMatchObject({ selectedId: "two", shownCustomer: "two" });
  expect(withSelection(both, "one").shownCustomer).toBe("one");
  expect(withSelection(both, "without a phone").shownCustomer).toBe("two");
  expect(withCustomer(both, "one").selectedId).toBe("one");
  expect(withCustomer(first, "two")).toMatchObject({ selectedId: "one", shownCustomer: "two" });
  // Who begins to write on the phone that is shown is answered at once, though another conversation is live.
  expect(begun.selectedId).toBe("two");
});

test("a conversation chosen once more keeps what was said in it", () => {
  const said = withMessage(withConversation(emptyDesk, conversation("one")), message("a", "one"));

  expect(withSelection(said, "one").messages).toHaveLength(1);
});

test("a message that changes stays where it stands, and an exchange is listed once", () => {
  const state = withConversation(emptyDesk, conversation("one"));
  const told = ["a", "b"].reduce((known, id) => withMessage(known, message(id, "one", "queued")), state);
  const changed = withMessage(told, message("a", "one", "sent"));

  expect(changed.messages.map(({ id, status }) => [id, status])).toEqual([
    ["a", "sent"],
    ["b", "queued"],
  ]);
  const logged = withExchange(withExchange(state, exchange()), exchange());
  expect(logged.exchanges).toHaveLength(1);
});

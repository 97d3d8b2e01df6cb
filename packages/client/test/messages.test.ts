import { inspect } from "node:util";
import {
  ApiError,
  ConversationClosedError,
  IdempotencyError,
  InvalidArgumentError,
  InvalidMessageError,
  type Message,
  message,
  NotFoundError,
  PermissionError,
  quickReply,
  RateLimitError,
  SentButUnreadableError,
  text,
} from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { failure } from "./fixtures/failure.ts";
import {
  accepted,
  contactId,
  refusal,
  sentMessage,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";

const path = `/api/v2/conversations/messaging/contacts/${contactId}/messages`;
const menu = quickReply("Select a service department:", [{ label: "Sales", value: "dept_sales" }]);

test("sends a content as the body that the tutorial shows", async () => {
  await using api = await startContactsApi();

  const sent = await api.client().messages.send(contactId, menu);

  expect(sent).toEqual(sentMessage);
  const [request] = api.apiRequests;
  expect(`${request?.method} ${request?.path}`).toBe(`POST ${path}`);
  expect(JSON.parse(request?.body ?? "")).toEqual({ type: "message", content: menu });
  expect(request?.headers).toMatchObject({
    authorization: "Bearer token-1",
    "content-type": "application/json",
    "user-agent": expect.stringMatching(/^quickcard-client\/\d/),
  });
});

test("sends a whole message, with metadata from it and from the call", async () => {
  await using api = await startContactsApi();
  const whole = message(menu, { metadata: { order: "17", run: "a" } });

  await api.client().messages.send(contactId, whole, { metadata: { run: "b" } });

  expect(JSON.parse(api.apiRequests[0]?.body ?? "")).toEqual({
    ...whole,
    metadata: { order: "17", run: "b" },
  });
  expect(whole.metadata).toEqual({ order: "17", run: "a" });
});

test("sends a message as it was when it was passed, whatever happens to it afterwards", async () => {
  await using api = await startContactsApi();
  const content = text("before");

  const sent = api.client().messages.send(contactId, content);
  content.text = "after";
  await sent;

  expect(JSON.parse(api.apiRequests[0]?.body ?? "").content).toEqual(text("before"));
});

test("names everything that is wrong with a message and sends nothing", async () => {
  await using api = await startContactsApi();
  const wrong = {
    type: "card",
    title: "",
    image: { url: null },
    actions: [{ type: "web_url", title: "x", url: "javascript:1" }],
  };

  const error = await failure(api.client().messages.send(contactId, wrong as never));

  expect(error).toBeInstanceOf(InvalidMessageError);
  expect((error as InvalidMessageError).issues.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(["/content/title", "/content/image/url", "/content/actions/0/url"]),
  );
  expect(error).toMatchObject({ code: "invalid_message", fate: "not_sent", retryable: false, attempts: 0 });
  expect(api.requests).toHaveLength(0);
});

test("leaves the checking to the server where told so, and reads its findings", async () => {
  const details = [
    { errorCode: "invalid.content.type", fieldName: "/content/type", message: "did you mean quick-reply?" },
  ];
  await using api = await startContactsApi({
    answers: [refusal(400, "invalid.content.type", "Invalid content type", details)],
  });

  const error = await failure(
    api.client({ validate: false }).messages.send(contactId, { type: "quickreply" } as never),
  );

  expect(error).toBeInstanceOf(InvalidMessageError);
  expect(error).toMatchObject({
    status: 400,
    apiCode: "invalid.content.type",
    correlationId: "c-1",
    fate: "not_applied",
    issues: [
      { pointer: "/content/type", code: "invalid.content.type", message: "did you mean quick-reply?" },
    ],
  });
});

test.each([null, undefined, "hello", 7, []])("takes %j for no message and says so", async (nothing) => {
  await using api = await startContactsApi();

  await expect(api.client().messages.send(contactId, nothing as never)).rejects.toBeInstanceOf(
    InvalidMessageError,
  );
});

test.each([200, 201, 202])("takes a %i with the message as sent", async (status) => {
  await using api = await startContactsApi({ answers: [{ ...accepted, status }] });

  await expect(api.client().messages.send(contactId, menu)).resolves.toMatchObject({ id: sentMessage.id });
});

describe("an idempotency key", () => {
  test("is made for each send, and stays the same when it is tried again", async () => {
    await using api = await startContactsApi({ answers: [{ status: 503 }, accepted] });
    const client = api.client();

    await client.messages.send(contactId, menu);
    await client.messages.send(contactId, menu);

    const [first, second, third] = api.apiRequests.map(({ headers }) => headers["idempotency-key"]);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test("of the caller's own is used as it is", async () => {
    await using api = await startContactsApi();

    await api.client().messages.send(contactId, menu, { idempotencyKey: "order-17" });

    expect(api.apiRequests[0]?.headers["idempotency-key"]).toBe("order-17");
  });

  test("that cannot stand in a header is refused before anything is sent", async () => {
    await using api = await startContactsApi();
    const send = (idempotencyKey: string) => api.client().messages.send(contactId, menu, { idempotencyKey });

    for (const key of ["", "a\r\nx: y", "é", "a".repeat(256)]) {
      await expect(send(key)).rejects.toMatchObject({ code: "invalid_argument", argument: "idempotencyKey" });
    }
    expect(api.requests).toHaveLength(0);
  });

  test("that was used for something else is told as that", async () => {
    await using api = await startContactsApi({ answers: [refusal(422, "idempotency.mismatch")] });

    const error = await failure(api.client().messages.send(contactId, menu, { idempotencyKey: "k" }));

    expect(error).toBeInstanceOf(IdempotencyError);
    expect(error).toMatchObject({ code: "idempotency_conflict", retryable: false, idempotencyKey: "k" });
    expect(api.apiRequests).toHaveLength(1);
  });

  test("whose first request is still in flight is waited for", async () => {
    const inFlight = { ...refusal(409, "idempotency.in.flight"), headers: { "retry-after": "1" } };
    await using api = await startContactsApi({ answers: [inFlight, accepted] });

    await expect(api.client().messages.send(contactId, menu)).resolves.toMatchObject({ id: sentMessage.id });

    expect(api.time.sleeps).toEqual([1000]);
  });
});

describe("a refusal is a typed error", () => {
  test.each([
    [refusal(400, "conversation.closed"), ConversationClosedError, "conversation_closed"],
    [refusal(403, "missing.scope"), PermissionError, "permission_denied"],
    [refusal(404, "not.found"), NotFoundError, "not_found"],
    [refusal(429, "too.many.requests"), RateLimitError, "rate_limited"],
    [refusal(405, "method.not.allowed"), ApiError, "api_error"],
    [{ status: 418, text: "<html>" }, ApiError, "api_error"],
  ])("%o", async (answer, ErrorClass, code) => {
    await using api = await startContactsApi({
      answers: [{ ...answer, headers: { "inin-correlation-id": "correlation-7" } }],
    });

    const error = await failure(api.client({ maxAttempts: 1 }).messages.send(contactId, menu));

    expect(error).toBeInstanceOf(ErrorClass);
    expect(error).toMatchObject({
      code,
      status: answer.status,
      correlationId: "correlation-7",
      fate: "not_applied",
      attempts: 1,
      message: expect.stringContaining(`POST ${path} was answered with ${answer.status}`),
      fix: expect.any(String),
    });
  });

  test("that names the scope which the token lacks", async () => {
    await using api = await startContactsApi({ answers: [refusal(403, "missing.scope")] });

    const error = await failure(api.client().messages.send(contactId, menu));

    expect(error).toMatchObject({
      missingScope: "messages:send",
      fix: expect.stringContaining("`messages:send`"),
    });
    expect(api.apiRequests).toHaveLength(1);
  });

  test("whose text cannot rule a terminal, shows no token and stays short", async () => {
    await using api = await startContactsApi({
      answers: [
        (response, request) => {
          response.writeHead(400, { "content-type": "application/json" });
          response.end(
            JSON.stringify({
              message: `\u001b[2J\u202e ${request.headers.authorization} ${"x".repeat(5000)}`,
            }),
          );
        },
      ],
    });

    const error = await failure(api.client().messages.send(contactId, menu));

    expect(error.message).not.toMatch(/[\p{Cc}\u202e]|token-1/u);
    expect(error.message.length).toBeLessThan(600);
  });
});

describe("an answer that says done but cannot be read", () => {
  test.each([
    ["broken JSON", { status: 201, text: '{"id": "secret-id' }],
    ["a page of HTML", { status: 200, text: "<html>Please sign in</html>" }],
    ["no body", { status: 204 }],
    ["no id", { status: 201, json: { status: "queued" } }],
    [
      "bytes that are not UTF-8",
      (response: import("node:http").ServerResponse) => {
        response.writeHead(201).end(Buffer.from([0x7b, 0xff, 0xfe]));
      },
    ],
  ])("is sent with unknown id, and not sent again: %s", async (_, answer) => {
    await using api = await startContactsApi({ answers: [answer] });

    const error = await failure(api.client().messages.send(contactId, menu));

    expect(error).toBeInstanceOf(SentButUnreadableError);
    expect(error).toMatchObject({ code: "sent_but_unreadable", fate: "applied", retryable: false });
    expect(error).toMatchObject({ idempotencyKey: api.apiRequests[0]?.headers["idempotency-key"] });
    expect(JSON.stringify(error) + error.message + String(error.cause)).not.toContain("secret-id");
    expect(api.apiRequests).toHaveLength(1);
  });
});

test("reads one message, and a conversation page by page or as a whole", async () => {
  const page = (ids: string[], nextUri?: string) => ({
    status: 200,
    json: { entities: ids.map((id) => ({ ...sentMessage, id })), pageSize: 2, nextUri },
  });
  await using api = await startContactsApi({
    answers: [
      accepted,
      page(["a", "b"], `${path}?pageSize=2&after=b`),
      page(["a", "b"], `${path}?pageSize=2&after=b`),
      page(["c"]),
    ],
  });
  const { messages } = api.client();

  expect((await messages.get(contactId, "m-1")).id).toBe(sentMessage.id);
  const first = await messages.list(contactId, { pageSize: 2 });
  const all: Message[] = [];
  for await (const one of messages.listAll(contactId, { pageSize: 2 })) all.push(one);

  expect(first.entities.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(all.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(api.apiRequests.map((request) => request.path)).toEqual([
    `${path}/m-1`,
    `${path}?pageSize=2`,
    `${path}?pageSize=2`,
    `${path}?pageSize=2&after=b`,
  ]);
});

test.each(["https://evil.example/x?", "//evil.example/x?", "/oauth/token?x", `${path}/../../x?`, path])(
  "does not follow a next page that leads elsewhere: %s",
  async (nextUri) => {
    await using api = await startContactsApi({
      answers: [{ status: 200, json: { entities: [], pageSize: 25, nextUri } }],
    });

    await expect(api.client().messages.listAll(contactId).next()).rejects.toMatchObject({
      code: "unreadable_answer",
    });

    expect(api.apiRequests).toHaveLength(1);
  },
);

test("does not go through the same page for ever", async () => {
  const nextUri = `${path}?after=b`;
  await using api = await startContactsApi({
    answers: [{ status: 200, json: { entities: [], pageSize: 25, nextUri } }],
  });

  await expect(api.client().messages.listAll(contactId).next()).rejects.toMatchObject({
    code: "unreadable_answer",
  });

  expect(api.apiRequests).toHaveLength(2);
});

test("shows no message text in an error", async () => {
  await using api = await startContactsApi({ answers: [{ status: 500 }] });

  const error = await failure(api.client().messages.send(contactId, text("a very private text")));

  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("private");
});

test("refuses what cannot be written as JSON", async () => {
  await using api = await startContactsApi();
  const attributes: Record<string, unknown> = {};
  attributes.self = attributes;

  const create = api.client().contacts.create({ channel: "web", attributes: attributes as never });

  await expect(create).rejects.toBeInstanceOf(InvalidArgumentError);
});

import { request as nodeRequest } from "node:http";
import { stoppedTime } from "@quickcard/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CallApi, callApiWith, fetchToken, inbound, startOrganisation } from "./start-emulator.ts";

let organisation: Awaited<ReturnType<typeof startOrganisation>>;
let messagePath: string;

beforeAll(async () => {
  organisation = await startOrganisation({ time: stoppedTime(new Date("2026-01-01T00:00:00Z")) });
  messagePath = `/api/v2/conversations/messages/${organisation.integrationId}/inbound/open/message`;
});

afterAll(() => organisation.close());

test.each([
  [
    "neither text nor content",
    inbound(),
    "bad.request",
    "should have required property 'content', should have required property '.text', should match some schema in anyOf",
  ],
  ["no channel", { text: "Hello" }, "bad.request", "should have required property 'channel'"],
  [
    "an unknown idType",
    { channel: { ...inbound().channel, from: { id: "x", idType: "Name" } }, text: "Hello" },
    "invalid.value",
    "Value [Name] is not valid for field type [IdType]. Allowable values are: Email, Phone, Opaque",
  ],
  [
    "a date that is none",
    { channel: { ...inbound().channel, time: "yesterday" }, text: "Hello" },
    "invalid.date",
    expect.stringContaining("/channel/time should be a date and time"),
  ],
  [
    "two attachments",
    { ...inbound(), content: [{}, {}] },
    "bad.request",
    expect.stringContaining("only one item is allowed"),
  ],
])("a message with %s is refused in the platform's words", async (_, body, code, message) => {
  const answer = await organisation.callApi("POST", messagePath, body);

  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ code, message, status: 400, details: [], errors: [] });
  expect(answer.body.contextId).toMatch(/^[\da-f-]{36}$/);
  expect(answer.headers.get("ININ-Correlation-Id")).toMatch(/^[\da-f-]{36}$/);
});

test("legacy keys are let through", async () => {
  const body = { ...inbound(), text: "Hello", type: "Text", direction: "Inbound" };

  expect((await organisation.callApi("POST", messagePath, body)).status).toBe(200);
});

test.each([
  ["too large", "x".repeat(512_001), 413, "request.entity.too.large"],
  ["not JSON", "{", 400, "bad.request"],
  ["nested too deep", "[".repeat(100), 400, "bad.request"],
])("a body that is %s is refused", async (_, body, status, code) => {
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient();
  const response = await emulator.fetch(
    new Request(`https://api.mypurecloud.com${messagePath}`, {
      method: "POST",
      headers: { authorization: `Bearer ${await fetchToken(emulator, id, secret)}` },
      body: new Blob([body]),
    }),
  );

  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code, status });
});

test("brackets in a text are no levels, whatever quotes and backslashes stand around them", async () => {
  const { callApi } = organisation;
  const brackets = "[{".repeat(50);
  for (const text of [brackets, `"${brackets}`, `\\"${brackets}\\`, `\\\\"${brackets}"\\`])
    expect(await callApi("POST", messagePath, { ...inbound(), text })).toMatchObject({
      status: 200,
      body: { text },
    });
  const metadata = { after: `\\`, value: JSON.parse(`${"[".repeat(70)}${"]".repeat(70)}`) };
  expect(await callApi("POST", messagePath, { ...inbound(), text: "Hi", metadata })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("nested deeper than 64 levels") },
  });
});

test("a chunked body without a length is cut off at the limit", async () => {
  const { emulator } = organisation;
  await emulator.listen({ port: 0 });
  const { id, secret } = emulator.createClient();
  const token = await fetchToken(emulator, id, secret);
  const status = await new Promise((resolve, reject) => {
    const request = nodeRequest(
      emulator.url + messagePath,
      { method: "POST", headers: { authorization: `Bearer ${token}` } },
      (response) => resolve(response.resume().statusCode),
    );
    request.on("error", reject);
    for (let chunk = 0; chunk < 60; chunk += 1) request.write("x".repeat(10_000));
    request.end();
  });

  expect(status).toBe(413);
});

test.each([
  ["no token", undefined, "authentication.required"],
  ["an unknown token", "unknown", "bad.credentials"],
])("%s is refused with 401", async (_, token, code) => {
  const answer = await callApiWith(organisation.emulator, token)("GET", "/api/v2/tokens/me");

  expect(answer).toMatchObject({ status: 401, body: { code } });
});

test("a client without the permission is told which one is missing", async () => {
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient({ permissions: ["messaging:integration:view"] });
  const callApi = callApiWith(emulator, await fetchToken(emulator, id, secret));

  expect(await callApi("POST", messagePath, { ...inbound(), text: "Hello" })).toMatchObject({
    status: 403,
    body: {
      code: "missing.permissions",
      message:
        "Unable to perform the requested action. You are missing the following permission(s): conversation:message:receive",
      messageParams: { missingPermissions: "conversation:message:receive" },
    },
  });
  expect(await callApi("POST", `/api/v2/conversations/messages/x/messages/bulk`, [])).toMatchObject({
    status: 403,
    body: { code: "missing.any.permissions" },
  });
});

test("the 301st request of a token in a minute is told when to come back", async () => {
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient();
  const callApi = callApiWith(emulator, await fetchToken(emulator, id, secret));
  for (let request = 1; request < 300; request += 1) await callApi("GET", "/api/v2/tokens/me");
  const last = await callApi("GET", "/api/v2/tokens/me");
  await emulator.clock.advance(18_000);

  const refused = await callApi("GET", "/api/v2/tokens/me");

  expect(Object.fromEntries(last.headers)).toMatchObject({
    "inin-ratelimit-count": "300",
    "inin-ratelimit-allowed": "300",
    "inin-ratelimit-reset": "60",
  });
  expect(refused).toMatchObject({
    status: 429,
    body: {
      code: "too.many.requests.retry.after",
      message: "Rate limit exceeded the maximum. Retry the request in [42] seconds",
    },
  });
  expect(refused.headers.get("retry-after")).toBe("42");
  await emulator.clock.advance(42_000);
  expect((await callApi("GET", "/api/v2/tokens/me")).status).toBe(200);
});

test("a client's tokens together have ten times as many", async () => {
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient();
  const callApis: CallApi[] = [];
  for (let token = 0; token < 11; token += 1)
    callApis.push(callApiWith(emulator, await fetchToken(emulator, id, secret)));
  const [last, ...others] = callApis as [CallApi, ...CallApi[]];
  for (const callApi of others)
    for (let request = 0; request < 300; request += 1) await callApi("HEAD", "/api/v2/tokens/me");

  expect(await last("GET", "/api/v2/tokens/me")).toMatchObject({
    status: 429,
    body: {
      code: "too.many.requests",
      message: "Rate limit exceeded the maximum [3000] requests within [60] seconds",
    },
  });
  await emulator.clock.advance(60_000);
  expect((await last("GET", "/api/v2/tokens/me")).status).toBe(200);
});

test("a token expires when its client says so", async () => {
  const { emulator } = organisation;
  const { id, secret } = emulator.createClient({ accessTokenValiditySeconds: 300 });
  const callApi = callApiWith(emulator, await fetchToken(emulator, id, secret));
  await emulator.clock.advance(299_999);
  expect((await callApi("GET", "/api/v2/tokens/me")).status).toBe(200);

  await emulator.clock.advance(1);

  expect(await callApi("GET", "/api/v2/tokens/me")).toMatchObject({
    status: 401,
    body: { code: "credentials.expired" },
  });
});

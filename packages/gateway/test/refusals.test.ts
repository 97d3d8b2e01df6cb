import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
let path: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
  path = `${api}/contacts/${(await gateway.contact()).id}/messages`;
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = (body: unknown, headers: Record<string, string> = {}) =>
  gateway.call("POST", path, { token, body, headers });

test.each([
  [
    "a comma too many",
    '{"type": "message",\n}',
    "The body is not JSON at line 2, column 1, where a name in double quotes should stand.",
  ],
  ["YAML", "type: message", "The body is not JSON at line 1, column 1, where a value should stand."],
  ["nothing", " ", "The body is empty. Send JSON."],
  [
    "a byte order mark",
    '\ufeff{"type":"message"}',
    "The body begins with a byte order mark. Send JSON without one.",
  ],
])("says where a body with %s stops being JSON", async (_, body, message) => {
  expect(await (await send(body)).json()).toMatchObject({ code: "bad.request", message });
});

test("what is wrong and what to do about it are sentences of their own", async () => {
  const wrongText = await send({ type: "message", content: { type: "text", text: "" } });
  const wrongName = await gateway.call("POST", `${api}/contacts`, {
    token,
    body: { channel: "web", displayName: 5, attributes: { note: true } },
  });
  const wrongChannel = await gateway.call("POST", `${api}/contacts`, { token, body: { channel: "fax" } });
  const wrongPage = await gateway.call("GET", `${api}/contacts?pageSize=101`, { token });

  expect(await wrongText.json()).toMatchObject({ message: '"text" is empty. Write something: the text.' });
  expect(await wrongName.json()).toMatchObject({
    details: [
      { fieldName: "/displayName", message: "/displayName must be a string." },
      { fieldName: "/attributes/note", message: "/attributes/note must be a string." },
    ],
  });
  expect(await wrongChannel.json()).toMatchObject({
    message: expect.stringMatching(/^\/channel must be one of web, /),
  });
  expect(await wrongPage.json()).toMatchObject({ message: "The parameter pageSize must be at most 100." });
});

test("a header that is wrong is named", async () => {
  const basic = await gateway.call("GET", `${api}/contacts`, { headers: { authorization: "Basic YTpi" } });
  const body = (text: string) => ({ type: "message", content: { type: "text", text } });
  await send(body("One"), { "idempotency-key": "key" });
  const other = await send(body("Two"), { "idempotency-key": "key" });

  expect(await basic.json()).toMatchObject({ status: 401, code: "authentication.required" });
  expect(await other.json()).toMatchObject({ status: 422, details: [{ fieldName: "Idempotency-Key" }] });
});

import { readFileSync } from "node:fs";
import type { ChatMessage, Timeline } from "@quickcard/web";
import { pictureMaxBytes } from "@quickcard/web";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";
import { picturesPerHour } from "../src/routes/chat-picture-routes.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pictures = {
  "image/png": png,
  "image/jpeg": Buffer.from("ffd8ffe000104a464946", "hex"),
  "image/gif": Buffer.from("GIF89a\x01\x00\x01\x00"),
  "image/webp": Buffer.concat([Buffer.from("RIFF"), Buffer.alloc(4, 9), Buffer.from("WEBPVP8 ")]),
};

let gateway: TestGateway;
let chat: string;
let contactId: string;
beforeEach(async () => {
  gateway = await startGateway();
  const contact = await gateway.contact("Ada");
  contactId = contact.id;
  chat = new URL(contact.chatUrl).pathname;
});
afterEach(() => gateway[Symbol.asyncDispose]());

const send = (body: Uint8Array, query = "clientMessageId=1", type = "application/octet-stream") =>
  gateway.call("POST", `${chat}/pictures?${query}`, { body, headers: { "content-type": type } });

const timeline = async () =>
  ((await (await gateway.call("GET", `${chat}/timeline`)).json()) as Timeline).messages;

const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

test.each(Object.entries(pictures))(
  "%s is kept as what it is, whatever it is called",
  async (type, bytes) => {
    const answer = await send(bytes, "clientMessageId=1&filename=K%C3%A4tzchen.png", "text/html");

    expect(answer.status).toBe(201);
    const message = (await answer.json()) as ChatMessage;
    expect(message).toMatchObject({
      direction: "inbound",
      clientMessageId: "1",
      content: { type: "picture", filename: "Kätzchen.png" },
    });
    expect(await timeline()).toEqual([message]);
    const given = await gateway.call("GET", `${chat}/pictures/${message.id}`);
    expect(Buffer.from(await given.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(given.headers)).toMatchObject({
      "content-type": type,
      "content-disposition": "inline; filename*=UTF-8''K%C3%A4tzchen.png",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
    });
    const token = await gateway.token();
    const path = `${api}/contacts/${contactId}/messages/${message.id}`;
    const told = (await (await gateway.call("GET", path, { token })).json()) as { content: unknown };
    expect(told.content).toEqual({
      type: "image",
      channelMediaId: message.id,
      mimeType: type,
      filename: "Kätzchen.png",
    });
    const read = await gateway.call("GET", `${path}/media`, { token });
    expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
    expect(read.headers.get("content-type")).toBe(type);
  },
);

test("a program reads a picture with a token that may read conversations, and of what is none hears why", async () => {
  const { id } = (await (await send(png)).json()) as ChatMessage;
  const path = `${api}/contacts/${contactId}/messages/${id}/media`;
  expect(await codeOf(await gateway.call("GET", path))).toEqual([401, "authentication.required"]);
  const token = await gateway.token("messages:send");
  expect(await codeOf(await gateway.call("GET", path, { token }))).toEqual([403, "missing.scope"]);

  const body = { clientMessageId: "words", text: "Hi" };
  const words = (await (await gateway.call("POST", `${chat}/messages`, { body })).json()) as ChatMessage;
  const reader = { token: await gateway.token("conversations:read") };
  const none = await gateway.call("GET", path.replace(id, words.id), reader);
  expect(await codeOf(none)).toEqual([404, "not.found"]);
  expect((await gateway.call("GET", path, reader)).status).toBe(200);
});

test("what is no picture is refused, and so is what is too large, misnamed or empty", async () => {
  const html = Buffer.from("<html><script>alert(1)</script>");
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const short = pictures["image/webp"].subarray(0, 11);
  for (const bytes of [html, svg, short, new Uint8Array()]) {
    expect(await codeOf(await send(bytes, undefined, "image/png"))).toEqual([415, "unsupported.media.type"]);
  }
  const largest = Buffer.concat([png, Buffer.alloc(pictureMaxBytes - png.byteLength)]);
  expect((await send(largest)).status).toBe(201);
  const larger = Buffer.concat([largest, Buffer.alloc(1)]);
  expect(await codeOf(await send(larger, "clientMessageId=2"))).toEqual([413, "request.entity.too.large"]);
  expect(await codeOf(await send(png, "filename=a.png"))).toEqual([400, "required.fields.missing"]);
  expect(await codeOf(await send(png, `clientMessageId=3&filename=${"a".repeat(201)}`))).toEqual([
    400,
    "invalid.value",
  ]);
  expect(await timeline()).toHaveLength(1);
});

test("a picture that is sent again is one, and the first bytes stay", async () => {
  const first = (await (await send(png)).json()) as ChatMessage;
  const again = (await (await send(pictures["image/gif"])).json()) as ChatMessage;

  expect(again).toEqual(first);
  const given = await gateway.call("GET", `${chat}/pictures/${first.id}`);
  expect(Buffer.from(await given.arrayBuffer()).equals(png)).toBe(true);
});

test("a picture is its own customer's, and goes with the contact", async () => {
  const { id } = (await (await send(png)).json()) as ChatMessage;
  const other = new URL((await gateway.contact("Bob")).chatUrl).pathname;

  for (const path of [
    `${other}/pictures/${id}`,
    `${chat}/pictures/${contactId}`,
    `/chat/none/pictures/${id}`,
  ])
    expect(await codeOf(await gateway.call("GET", path)), path).toEqual([404, "not.found"]);
  const token = await gateway.token();
  await gateway.call("DELETE", `${api}/contacts/${contactId}`, { token });
  expect((await gateway.call("GET", `${chat}/pictures/${id}`)).status).toBe(404);
  expect((await send(png)).status).toBe(404);
});

test("none is taken in a conversation that has ended, nor more in an hour than are allowed", async () => {
  const token = await gateway.token();
  const path = `${api}/contacts/${contactId}`;
  await gateway.call("PATCH", path, { token, body: { state: "closed" } });
  expect(await codeOf(await send(png))).toEqual([400, "conversation.closed"]);
  await gateway.call("PATCH", path, { token, body: { state: "active" } });

  for (let sent = 1; sent < picturesPerHour; sent += 1) {
    expect((await send(png, `clientMessageId=${sent}`)).status).toBe(201);
  }
  const refused = await send(png, "clientMessageId=one-more");
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(await codeOf(refused)).toEqual([429, "too.many.requests"]);
  gateway.clock.aheadMs = 60 * 60 * 1000;
  expect((await send(png, "clientMessageId=later")).status).toBe(201);
});

test("the documentation names the limits", () => {
  const page = readFileSync(new URL("../../../docs/reference/customer-media.md", import.meta.url), "utf8");

  expect(page).toContain(`| largest picture | ${pictureMaxBytes.toLocaleString("en-US")} bytes`);
  expect(page).toContain(`| pictures | ${picturesPerHour} an hour`);
});

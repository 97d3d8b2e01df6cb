import type { ErrorBody, Message, OutboundMessage, Page } from "@quickcard/client";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentArbitrary } from "../../../testing/content-arbitrary.ts";
import { api, startGateway, type TestGateway, waitUntil } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const send = (contactId: string, body: unknown) =>
  gateway.call("POST", `${api}/contacts/${contactId}/messages`, { token, body });
const text = (words: string) => ({ type: "message", content: { type: "text", text: words } });

async function history(contactId: string): Promise<Message[]> {
  const answer = await gateway.call("GET", `${api}/contacts/${contactId}/messages?pageSize=100`, { token });
  return ((await answer.json()) as Page<Message>).entities;
}

test("accepts any valid content and gives it back as it went in", async () => {
  const { id } = await gateway.contact();

  await fc.assert(
    fc.asyncProperty(contentArbitrary, async (content) => {
      const answer = await send(id, { type: "message", content });
      const accepted = (await answer.json()) as OutboundMessage;
      expect(accepted).toMatchObject({ contactId: id, status: "queued", notices: [] });
      expect(answer.status).toBe(201);

      const stored = await gateway.call("GET", accepted.selfUri, { token });
      expect(((await stored.json()) as OutboundMessage).content).toEqual(content);
    }),
    { numRuns: 200 },
  );
});

test("moves a message on to sent and shows the attempt", async () => {
  const { id } = await gateway.contact();
  const { selfUri } = (await (await send(id, text("Hello"))).json()) as OutboundMessage;

  const sent = await waitUntil(async () => {
    const message = (await (await gateway.call("GET", selfUri, { token })).json()) as OutboundMessage;
    return message.status === "sent" && message;
  });

  expect(sent.attempts).toEqual([
    { number: 1, startedAt: expect.any(String), endedAt: expect.any(String), outcome: "applied" },
  ]);
  expect(sent.statuses?.map(({ status }) => status)).toEqual(["queued", "sending", "sent"]);
});

test("keeps the order of the answers in the history, and the metadata beside each message", async () => {
  const { id } = await gateway.contact();
  const words = Array.from({ length: 60 }, (_, index) => `message ${index}`);

  for (const word of words) await send(id, { ...text(word), metadata: { word } });
  const all = await history(id);

  expect(all.map((message) => message.direction === "outbound" && message.metadata?.word)).toEqual(words);
});

test("lists a history page by page, each message once", async () => {
  const { id } = await gateway.contact();
  for (let index = 0; index < 7; index += 1) await send(id, text(`${index}`));

  const seen: string[] = [];
  let next: string | undefined = `${api}/contacts/${id}/messages?pageSize=3`;
  while (next) {
    const page = (await (await gateway.call("GET", next, { token })).json()) as Page<OutboundMessage>;
    seen.push(...page.entities.map(({ content }) => (content.type === "text" ? content.text : "")));
    next = page.nextUri;
  }

  expect(seen).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
});

test("names the misspelt content type, the allowed ones and the nearest", async () => {
  const { id } = await gateway.contact();

  const answer = await send(id, {
    type: "message",
    content: { type: "quickreply", title: "?", choices: [] },
  });
  const error = (await answer.json()) as ErrorBody;

  expect(answer.status).toBe(400);
  expect(error.code).toBe("invalid.content.type");
  expect(error.message).toMatch(/^Invalid content type/);
  expect(error.message).toContain("quickreply");
  expect(error.message).toContain("quick-reply");
  expect(error.message).toContain("carousel");
  expect(error.contextId).toBe(answer.headers.get("inin-correlation-id"));
});

test("lists every fault of a message at once, each by pointer, and keeps nothing", async () => {
  const { id } = await gateway.contact();

  const answer = await send(id, {
    type: "message",
    content: {
      type: "card",
      subtitle: 7,
      image: { url: "http://example.com/a.png" },
      actions: [{ type: "web_url", title: "Go", url: "javascript:alert(1)" }],
      colour: "red",
    },
  });
  const error = (await answer.json()) as ErrorBody;

  expect(answer.status).toBe(400);
  expect(error.details.map(({ fieldName }) => fieldName).sort()).toEqual([
    "/content/actions/0/url",
    "/content/colour",
    "/content/image/url",
    "/content/subtitle",
    "/content/title",
  ]);
  expect(await history(id)).toEqual([]);
});

test("takes http addresses only where the operator allows them", async () => {
  await using lenient = await startGateway({ allowHttpMedia: true });
  const { id } = await lenient.contact();
  const body = { type: "message", content: { type: "image", url: "http://127.0.0.1/a.png" } };

  const allowed = await lenient.call("POST", `${api}/contacts/${id}/messages`, {
    token: await lenient.token(),
    body,
  });
  const { id: elsewhere } = await gateway.contact();
  const refused = await send(elsewhere, body);

  expect([allowed.status, refused.status]).toEqual([201, 400]);
});

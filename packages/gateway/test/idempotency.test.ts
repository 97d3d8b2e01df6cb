import type { ErrorBody, OutboundMessage, Page } from "@quickcard/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { api, startGateway, type TestGateway, waitUntil } from "../../../testing/start-gateway.ts";

let gateway: TestGateway;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  token = await gateway.token();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const hello = { type: "message", content: { type: "text", text: "Hello" } };
const send = (contactId: string, key: string, body: unknown = hello, as = token) =>
  gateway.call("POST", `${api}/contacts/${contactId}/messages`, {
    token: as,
    body,
    headers: { "idempotency-key": key },
  });

async function count(contactId: string): Promise<number> {
  const answer = await gateway.call("GET", `${api}/contacts/${contactId}/messages`, { token });
  return ((await answer.json()) as Page<unknown>).entities.length;
}

test("gives the first answer again, also after the message has moved on", async () => {
  const { id } = await gateway.contact();
  const first = (await (await send(id, "once")).json()) as OutboundMessage;
  await waitUntil(async () => {
    const message = (await (await gateway.call("GET", first.selfUri, { token })).json()) as OutboundMessage;
    return message.status === "sent";
  });

  const again = await send(id, "once");

  expect(again.status).toBe(201);
  expect(await again.json()).toEqual(first);
  expect(await count(id)).toBe(1);
});

test("makes one message of a hundred requests that come at once", async () => {
  const { id } = await gateway.contact();

  const answers = await Promise.all(Array.from({ length: 100 }, () => send(id, "hundred")));
  const ids = new Set(
    await Promise.all(answers.map(async (it) => ((await it.json()) as OutboundMessage).id)),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(ids.size).toBe(1);
  expect(await count(id)).toBe(1);
});

test("knows the same body whatever the order of its keys and its spaces", async () => {
  const { id } = await gateway.contact();
  await send(id, "order", '{"type":"message","content":{"type":"text","text":"Hello"}}');

  const again = await send(id, "order", '{ "content": {"text":"Hello", "type":"text"}, "type":"message" }');

  expect(again.status).toBe(201);
  expect(await count(id)).toBe(1);
});

test("takes the quoted form of the header for the bare one", async () => {
  const { id } = await gateway.contact();

  await send(id, "form");
  await send(id, '"form"');

  expect(await count(id)).toBe(1);
});

test("refuses the key with another body, and sends nothing", async () => {
  const { id } = await gateway.contact();
  await send(id, "mismatch");

  const other = await send(id, "mismatch", { type: "message", content: { type: "text", text: "Goodbye" } });

  expect(other.status).toBe(422);
  expect(((await other.json()) as ErrorBody).code).toBe("idempotency.mismatch");
  expect(await count(id)).toBe(1);
});

test("keeps the keys of clients and contacts apart", async () => {
  const [one, two] = [await gateway.contact(), await gateway.contact()];

  await send(one.id, "shared");
  await send(two.id, "shared");
  await send(one.id, "shared", hello, await gateway.token());

  expect([await count(one.id), await count(two.id)]).toEqual([2, 1]);
});

test("keeps nothing of a request that was refused", async () => {
  const { id } = await gateway.contact();

  const refused = await send(id, "refused", { type: "message", content: { type: "text" } });
  const corrected = await send(id, "refused");

  expect([refused.status, corrected.status]).toEqual([400, 201]);
});

test("forgets a key after 24 hours", async () => {
  await using other = await startGateway();
  const { id } = await other.contact();
  const client = await other.clients.create({ name: "same", scopes: ["messages:send"] });
  const sendAs = async () => {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client.clientId,
      client_secret: client.clientSecret ?? "",
    });
    const granted = await other.call("POST", "/oauth/token", {
      body: form.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const { access_token } = (await granted.json()) as { access_token: string };
    const answer = await other.call("POST", `${api}/contacts/${id}/messages`, {
      token: access_token,
      body: hello,
      headers: { "idempotency-key": "day" },
    });
    return ((await answer.json()) as OutboundMessage).id;
  };

  const first = await sendAs();
  other.clock.aheadMs = 24 * 3_600_000 - 60_000;
  const within = await sendAs();
  other.clock.aheadMs = 24 * 3_600_000 + 60_000;
  const after = await sendAs();

  expect(within).toBe(first);
  expect(after).not.toBe(first);
});

test("gives the contact that a repeated creation made", async () => {
  const create = () =>
    gateway.call("POST", `${api}/contacts`, {
      token,
      body: { channel: "web" },
      headers: { "idempotency-key": "contact" },
    });

  const [first, again] = await Promise.all([create(), create()]);

  expect(await again.json()).toEqual(await first.json());
});

test.each(["", "x".repeat(256)])("refuses a key that is empty or too long", async (key) => {
  const { id } = await gateway.contact();

  const answer = await send(id, key);

  expect(answer.status).toBe(400);
  expect(((await answer.json()) as ErrorBody).details[0]?.fieldName).toBe("Idempotency-Key");
});

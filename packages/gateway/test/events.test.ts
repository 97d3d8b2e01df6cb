import type { Event, OutboundMessage } from "@quickcard/client";
import { expect, test } from "vitest";
import { readEventStream } from "../../../testing/read-event-stream.ts";
import { api, startGateway, type TestGateway } from "../../../testing/start-gateway.ts";

async function follow(gateway: TestGateway, token: string, headers: Record<string, string> = {}, query = "") {
  const answer = await gateway.call("GET", `${api}/events${query}`, {
    token,
    headers: { accept: "text/event-stream", ...headers },
  });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  return readEventStream<Event>(answer);
}

const hello = { type: "message", content: { type: "text", text: "Hello" }, metadata: { order: "7" } };

test("tells of a message from queued to sent, with its metadata", async () => {
  await using gateway = await startGateway();
  const token = await gateway.token();
  const { id } = await gateway.contact();
  await using stream = await follow(gateway, token);

  const answer = await gateway.call("POST", `${api}/contacts/${id}/messages`, { token, body: hello });
  const { id: messageId } = (await answer.json()) as OutboundMessage;
  const events = await stream.take(3);

  expect(events.map(({ name }) => name)).toEqual(["message.status", "message.status", "message.status"]);
  expect(events.map(({ data }) => data.type === "message.status" && data.status)).toEqual([
    "queued",
    "sending",
    "sent",
  ]);
  for (const { id: place, data } of events) {
    expect(data).toMatchObject({ id: place, contactId: id, messageId, metadata: { order: "7" } });
  }
});

test("goes on behind the last event without gap or repeat", async () => {
  await using gateway = await startGateway();
  const token = await gateway.token();
  const { id } = await gateway.contact();
  const send = async (times: number) => {
    for (let index = 0; index < times; index += 1) {
      await gateway.call("POST", `${api}/contacts/${id}/messages`, { token, body: hello });
    }
  };
  const whole = await follow(gateway, token, {}, "?after=0");
  await send(20);
  const all = await whole.take(61);

  const seen: string[] = [];
  let place = "0";
  while (seen.length < all.length) {
    const part = await follow(gateway, token, { "last-event-id": place });
    const events = await part.take(Math.min(7, all.length - seen.length));
    seen.push(...events.map((event) => event.id));
    place = events.at(-1)?.id ?? place;
    await part[Symbol.asyncDispose]();
  }

  expect(seen).toEqual(all.map((event) => event.id));
  await whole[Symbol.asyncDispose]();
});

test("gives a reader its place before anything has happened", async () => {
  await using gateway = await startGateway();
  const token = await gateway.token();
  await gateway.contact();

  await using stream = await follow(gateway, token);
  await stream.opened;

  expect(stream.lastEventId).toBe("1");
});

test("tells of conversations that open, close, reopen and are deleted", async () => {
  await using gateway = await startGateway();
  const token = await gateway.token();
  await using stream = await follow(gateway, token);

  const { id } = await gateway.contact();
  const path = `${api}/contacts/${id}`;
  await gateway.call("PATCH", path, { token, body: { state: "closed" } });
  await gateway.call("PATCH", path, { token, body: { state: "active" } });
  const before = await stream.take(3);
  await gateway.call("DELETE", path, { token });
  const [last] = await stream.take(1);

  const states = [...before, ...(last ? [last] : [])].map(
    ({ data }) => data.type === "conversation.state" && data.state,
  );
  expect(states).toEqual(["active", "closed", "active", "deleted"]);
});

test("ends open streams politely when the gateway stops", async () => {
  const gateway = await startGateway();
  const stream = await follow(gateway, await gateway.token());

  await stream.opened;
  gateway.gateway.beginStop();

  await stream.ended;
  expect((await gateway.call("GET", "/health/ready")).status).toBe(503);
  await gateway[Symbol.asyncDispose]();
});

test("refuses a place that is none", async () => {
  await using gateway = await startGateway();

  const answer = await gateway.call("GET", `${api}/events`, {
    token: await gateway.token(),
    headers: { "last-event-id": "yesterday" },
  });

  expect(answer.status).toBe(400);
});

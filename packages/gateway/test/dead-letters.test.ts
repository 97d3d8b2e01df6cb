import type { ErrorBody, OutboundMessage, Page } from "@quickcard/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api, startGateway, type TestGateway, waitUntil } from "../../../testing/start-gateway.ts";
import type { ChannelAdapter, Delivery } from "../src/channels/channel.ts";
import type { SendOutcome } from "../src/delivery/send-outcome.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** A channel whose answers the test decides, and which keeps what it was given. */
class Channel implements ChannelAdapter {
  readonly name = "web";
  readonly traits = { repeat: "unsafe", evidence: false, requestTimeoutMs: 1000, settleMs: 0 } as const;
  readonly given: string[] = [];
  answer: (delivery: Delivery) => SendOutcome = () => ({ kind: "applied" });

  async send(delivery: Delivery): Promise<SendOutcome> {
    this.given.push(delivery.message.id);
    return this.answer(delivery);
  }
}

const refused: SendOutcome = { kind: "not-applied", permanent: true, reason: "The channel answered 400." };
const lost: SendOutcome = { kind: "ambiguous", reason: "No answer came." };

let channel: Channel;
let gateway: TestGateway;
let token: string;
beforeEach(async () => {
  channel = new Channel();
  gateway = await startGateway({
    channels: [channel],
    deliveryPolicy: { maxAttempts: 3, retryBaseMs: 0 },
  });
  token = await gateway.token();
});
afterEach(() => gateway[Symbol.asyncDispose]());

async function call<Body = ErrorBody>(method: string, path: string, body?: unknown): Promise<[number, Body]> {
  const answer = await gateway.call(method, path, { token, ...(body === undefined ? {} : { body }) });
  return [answer.status, (answer.status === 204 ? undefined : await answer.json()) as Body];
}

async function send(
  contactId: string,
  delivery?: OutboundMessage["delivery"] | object,
): Promise<OutboundMessage> {
  const body = {
    type: "message",
    content: { type: "text", text: "Hello" },
    ...(delivery ? { delivery } : {}),
  };
  const [status, message] = await call<OutboundMessage>(
    "POST",
    `${api}/contacts/${contactId}/messages`,
    body,
  );
  expect(status).toBe(201);
  return message;
}

async function until(message: OutboundMessage, status: OutboundMessage["status"]): Promise<OutboundMessage> {
  return waitUntil(async () => {
    const [, now] = await call<OutboundMessage>("GET", message.selfUri);
    return now.status === status && now;
  });
}

const at = (aheadMs: number) => new Date(Date.now() + gateway.clock.aheadMs + aheadMs).toISOString();

test("shows how a message is delivered: what was said, and otherwise the defaults", async () => {
  const { id } = await gateway.contact();

  const plain = await send(id);
  const sendAt = at(dayMs);
  const scheduled = await send(id, { mode: "at-most-once", sendAt });
  const [, read] = await call<OutboundMessage>("GET", scheduled.selfUri);

  expect(plain.delivery).toEqual({
    mode: "reconcile",
    expiresAt: new Date(Date.parse(plain.timestamp) + dayMs).toISOString(),
  });
  expect(scheduled.delivery).toEqual({
    mode: "at-most-once",
    sendAt,
    expiresAt: new Date(Date.parse(sendAt) + dayMs).toISOString(),
  });
  expect(read).toEqual({
    ...scheduled,
    attempts: [],
    statuses: [{ status: "queued", timestamp: expect.any(String) }],
  });
});

test("refuses a time that lies too far ahead or behind, by name", async () => {
  const { id } = await gateway.contact();
  const body = (delivery: object) => ({
    type: "message",
    content: { type: "text", text: "Hello" },
    delivery,
  });
  const path = `${api}/contacts/${id}/messages`;

  const answers = [
    await call("POST", path, body({ sendAt: at(32 * dayMs) })),
    await call("POST", path, body({ expiresAt: at(-1000) })),
    await call("POST", path, body({ sendAt: at(2000), expiresAt: at(1000) })),
    await call("POST", path, body({ mode: "exactly-once" })),
  ];

  expect(answers.map(([status, error]) => [status, error.code, error.details[0]?.fieldName])).toEqual([
    [400, "invalid.value", "/delivery/sendAt"],
    [400, "invalid.value", "/delivery/expiresAt"],
    [400, "invalid.value", "/delivery/expiresAt"],
    [400, "invalid.value", "/delivery/mode"],
  ]);
});

test("delivers a message when its time has come, and lets a later one pass", async () => {
  const { id } = await gateway.contact();
  const scheduled = await send(id, { sendAt: at(1500) });
  const next = await send(id);
  await until(scheduled, "sent");

  expect(channel.given).toEqual([next.id, scheduled.id]);
});

test("tells what became of each attempt, and why", async () => {
  const { id } = await gateway.contact();
  channel.answer = () => refused;

  const failed = await until(await send(id), "failed");

  expect(failed.reason).toBe("The channel answered 400.");
  expect(failed.attempts).toEqual([
    {
      number: 1,
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      outcome: "not-applied",
      reason: "The channel answered 400.",
    },
  ]);
  expect(failed.statuses?.map(({ status, reason }) => [status, reason])).toEqual([
    ["queued", undefined],
    ["sending", undefined],
    ["failed", "The channel answered 400."],
  ]);
});

test("lists dead letters of all contacts, newest first, filtered and in pages", async () => {
  const [one, other] = [await gateway.contact(), await gateway.contact()];
  channel.answer = () => refused;
  const first = await until(await send(one.id), "failed");
  const second = await until(await send(other.id), "failed");
  channel.answer = () => lost;
  const third = await until(await send(one.id, { mode: "at-most-once" }), "unknown");
  channel.answer = () => ({ kind: "applied" });
  const sent = await until(await send(one.id), "sent");

  const list = async (query: string) => {
    const [status, page] = await call<Page<OutboundMessage>>("GET", `${api}/messages?${query}`);
    expect(status).toBe(200);
    return page;
  };
  const ids = async (query: string) => (await list(query)).entities.map(({ id }) => id);

  expect(await ids("")).toEqual([third.id, second.id, first.id]);
  expect(await ids("status=unknown")).toEqual([third.id]);
  expect(await ids("status=sent,unknown&channel=web")).toEqual([sent.id, third.id]);
  expect(await ids(`contactId=${one.id}`)).toEqual([third.id, first.id]);
  expect(await ids("contactId=nobody")).toEqual([]);
  const page = await list("pageSize=2&status=failed,unknown");
  expect(page.entities.map(({ id }) => id)).toEqual([third.id, second.id]);
  const [, rest] = await call<Page<OutboundMessage>>("GET", page.nextUri ?? "");
  expect(rest.entities.map(({ id }) => id)).toEqual([first.id]);
  expect(rest).not.toHaveProperty("nextUri");
});

test("sends a dead letter again, once and for another day", async () => {
  const { id } = await gateway.contact();
  channel.answer = () => refused;
  const failed = await until(await send(id), "failed");
  channel.answer = () => ({ kind: "applied" });
  gateway.clock.aheadMs += 30 * 60_000;

  const [status, again] = await call<OutboundMessage>("POST", `${failed.selfUri}/retry`);
  const sent = await until(failed, "sent");
  const [late, error] = await call("POST", `${failed.selfUri}/retry`);

  expect(status).toBe(200);
  expect(again).toMatchObject({ id: failed.id, delivery: { mode: "reconcile" } });
  expect(Date.parse(again.delivery.expiresAt)).toBeGreaterThan(
    Date.parse(failed.delivery.expiresAt) + 29 * 60_000,
  );
  expect(sent.attempts?.map(({ outcome }) => outcome)).toEqual(["not-applied", "applied"]);
  expect([late, error.code]).toEqual([409, "message.state"]);
  expect(error.message).toContain("sent");
});

test("gives a dead letter that is sent again as many attempts as a new message", async () => {
  const { id } = await gateway.contact();
  channel.answer = () => ({ kind: "not-applied", reason: "The channel answered 429." });
  const failed = await until(await send(id), "failed");

  await call("POST", `${failed.selfUri}/retry`);
  const again = await waitUntil(async () => {
    const [, now] = await call<OutboundMessage>("GET", failed.selfUri);
    return now.status === "failed" && (now.attempts?.length ?? 0) > 3 && now;
  });

  expect([failed.attempts?.length, again.attempts?.length]).toEqual([3, 6]);
  expect(again.reason).toBe("Given up after 6 attempts. The channel answered 429.");
});

test("takes back a message that waits, and none that is sent", async () => {
  const { id } = await gateway.contact();
  const waiting = await send(id, { sendAt: at(60_000) });
  const sent = await until(await send(id), "sent");

  const [status, cancelled] = await call<OutboundMessage>("POST", `${waiting.selfUri}/cancel`);
  const again = await call("POST", `${waiting.selfUri}/cancel`);
  const tooLate = await call("POST", `${sent.selfUri}/cancel`);

  expect([status, cancelled.status]).toEqual([200, "cancelled"]);
  expect([again[0], again[1].code]).toEqual([409, "message.state"]);
  expect([tooLate[0], tooLate[1].code]).toEqual([409, "message.state"]);
  expect(channel.given).toEqual([sent.id]);
});

test("drops a dead letter for good, and nothing else", async () => {
  const { id } = await gateway.contact();
  const sent = await until(await send(id), "sent");
  channel.answer = () => refused;
  const failed = await until(await send(id), "failed");

  expect(await call("DELETE", failed.selfUri)).toEqual([204, undefined]);
  expect((await call("GET", failed.selfUri))[0]).toBe(404);
  expect((await call("DELETE", failed.selfUri))[0]).toBe(404);
  expect((await call("DELETE", sent.selfUri))[1].code).toBe("message.state");
});

test("sends many again, the oldest first, and those that may have arrived only where they are named", async () => {
  const { id } = await gateway.contact();
  channel.answer = ({ message }) => (message.mode === "at-most-once" ? lost : refused);
  const dead: OutboundMessage[] = [];
  for (const mode of ["reconcile", "at-most-once", "reconcile", "reconcile"] as const) {
    const message = await send(id, { mode });
    dead.push(await until(message, mode === "at-most-once" ? "unknown" : "failed"));
  }
  channel.answer = () => ({ kind: "applied" });
  channel.given.length = 0;

  const two = await call<{ count: number }>("POST", `${api}/messages/retry`, { limit: 2 });
  const rest = await call<{ count: number }>("POST", `${api}/messages/retry`, { contactId: id });
  const named = await call<{ count: number }>("POST", `${api}/messages/retry`, { statuses: ["unknown"] });
  for (const message of dead) await until(message, "sent");

  expect([two, rest, named]).toEqual([
    [200, { count: 2 }],
    [200, { count: 1 }],
    [200, { count: 1 }],
  ]);
  expect(channel.given).toEqual([dead[0]?.id, dead[2]?.id, dead[3]?.id, dead[1]?.id]);
});

test("drops many by age and contact, and keeps the rest", async () => {
  const [one, other] = [await gateway.contact(), await gateway.contact()];
  channel.answer = () => refused;
  const old = await until(await send(one.id), "failed");
  await until(await send(other.id), "failed");
  gateway.clock.aheadMs += 60_000;
  const before = at(-30_000);
  await until(await send(one.id), "failed");

  const dropped = await call<{ count: number }>("POST", `${api}/messages/drop`, {
    contactId: one.id,
    before,
  });
  const refusal = await call("POST", `${api}/messages/drop`, {
    statuses: ["sent"],
    before: "yesterday",
    limit: 0,
  });

  expect(dropped).toEqual([200, { count: 1 }]);
  expect((await call("GET", old.selfUri))[0]).toBe(404);
  expect((await call<Page<OutboundMessage>>("GET", `${api}/messages`))[1].entities).toHaveLength(2);
  expect(refusal[0]).toBe(400);
  expect(refusal[1].details.map(({ fieldName }) => fieldName).sort()).toEqual([
    "/before",
    "/limit",
    "/statuses/0",
  ]);
});

test("says that there is nothing to deliver of what the customer sent", async () => {
  const contact = await gateway.contact();
  await gateway.call("POST", `${new URL(contact.chatUrl).pathname}/messages`, {
    body: { clientMessageId: "1", text: "Hi" },
  });
  const [, history] = await call<Page<OutboundMessage>>("GET", `${api}/contacts/${contact.id}/messages`);
  const { selfUri } = history.entities[0] ?? { selfUri: "" };

  expect((await call("POST", `${selfUri}/retry`))[1].code).toBe("message.state");
  expect((await call("POST", `${selfUri}/cancel`))[1].code).toBe("message.state");
  expect((await call("DELETE", selfUri))[1].code).toBe("message.state");
});

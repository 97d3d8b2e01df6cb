import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CreatedSubscription, Page, Subscription, SubscriptionTest } from "@quickcard/client";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api, startGateway, type TestGateway, waitUntil } from "../../../testing/start-gateway.ts";
import { defaultNotificationPolicy } from "../src/subscriptions/notification-policy.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./fixtures/webhook-receiver.ts";

const path = `${api}/subscriptions`;

let gateway: TestGateway;
let receiver: WebhookReceiver;
let token: string;
beforeEach(async () => {
  gateway = await startGateway({ webhookTargets: { allowPrivate: true, allowHttp: true } });
  receiver = await startWebhookReceiver();
  token = await gateway.token();
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function call<Body>(
  method: string,
  uri: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const answer = await gateway.call(method, uri, { token, body });
  const text = await answer.text();
  return { status: answer.status, body: (text === "" ? undefined : JSON.parse(text)) as Body };
}

async function subscribe(more: object = {}): Promise<CreatedSubscription> {
  const { status, body } = await call<CreatedSubscription>("POST", path, { url: receiver.url, ...more });
  expect(status).toBe(201);
  return body;
}

const untilTold = (count: number) => waitUntil(async () => receiver.received.length >= count);

test("shows the secret once, and how the webhooks go as long as the subscription lasts", async () => {
  const created = await subscribe();
  await gateway.contact();
  await untilTold(1);

  const one = await waitUntil(async () => {
    const { body } = await call<Subscription>("GET", created.selfUri);
    return body.standing?.lastAttempt && body;
  });
  const list = await call<Page<Subscription>>("GET", path);

  expect(created.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(created.events).toEqual(["message.inbound", "message.status", "conversation.state"]);
  expect(one).toMatchObject({
    id: created.id,
    url: receiver.url,
    state: "active",
    standing: { waiting: 0, lastAttempt: { status: 200 }, passedOver: [] },
  });
  expect(list.body.entities).toMatchObject([{ id: created.id }]);
  expect(JSON.stringify([one, list.body])).not.toContain("whsec_");
  expect((await call("DELETE", created.selfUri)).status).toBe(204);
  for (const [method, uri] of [
    ["GET", created.selfUri],
    ["DELETE", created.selfUri],
    ["POST", `${created.selfUri}/test`],
  ] as const) {
    expect((await call(method, uri)).status).toBe(404);
  }
  expect((await call("POST", `${created.selfUri}/rotate`, {})).status).toBe(404);
  expect((await call("POST", `${created.selfUri}/replay`, { from: "2026-01-01T00:00:00Z" })).status).toBe(
    404,
  );
  expect((await call("PATCH", created.selfUri, { active: true })).status).toBe(404);
});

test("tells of an event what the stream tells, with a signature that verifies", async () => {
  const { secret } = await subscribe({ events: ["conversation.state"] });
  const contact = await gateway.contact();
  await call("PATCH", `${api}/contacts/${contact.id}`, { state: "closed" });
  await untilTold(2);

  expect(receiver.received.map(({ event }) => "state" in event && event.state)).toEqual(["active", "closed"]);
  for (const { body, headers, event } of receiver.received) {
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      id: event.id,
      contactId: contact.id,
      conversationId: contact.conversationId,
    });
  }
});

test("refuses URLs that no webhook may go to, and says why", async () => {
  await using strict = await startGateway();
  const own = await strict.token();
  const refusal = async (url: unknown) => {
    const answer = await strict.call("POST", path, { token: own, body: { url } });
    const body = (await answer.json()) as { message: string; details: { fieldName: string }[] };
    expect(answer.status).toBe(400);
    expect(body.details[0]?.fieldName).toBe("/url");
    return body.message;
  };

  expect(await refusal("http://example.com/")).toContain("https:");
  expect(await refusal("https://10.0.0.1/")).toContain("not a public address");
  expect(await refusal("https://[::ffff:127.0.0.1]/")).toContain("not a public address");
  expect(await refusal("https://localhost/")).toContain("not a public address");
  expect(await refusal("https://user:secret@example.com/")).not.toContain("secret");
  expect(await refusal("javascript:alert(1)")).toContain("only https:");
  expect(await refusal("example.com/hook")).toContain("is not a URL");
  expect(await refusal(`https://example.com/${"x".repeat(2048)}`)).toContain("2048");
  const created = await strict.call("POST", path, { token: own, body: { url: "https://example.com/hook" } });
  expect(created.status).toBe(201);
  const { selfUri } = (await created.json()) as Subscription;
  const changed = await strict.call("PATCH", selfUri, { token: own, body: { url: "https://127.0.0.1/" } });
  expect(changed.status).toBe(400);
});

test("refuses what is not understood, and who lacks the scope", async () => {
  const { url } = receiver;
  const status = async (body: unknown) => (await call("POST", path, body)).status;
  expect(await status({ url, events: [] })).toBe(400);
  expect(await status({ url, events: ["message.sent"] })).toBe(400);
  expect(await status({ url, secret: "mine" })).toBe(400);
  expect(await status({})).toBe(400);
  const { selfUri } = await subscribe();
  expect((await call("PATCH", selfUri, {})).status).toBe(400);
  expect((await call("POST", `${selfUri}/rotate`, { overlapSeconds: 604_801 })).status).toBe(400);
  expect((await call("POST", `${selfUri}/replay`, { from: "yesterday" })).status).toBe(400);
  const backwards = { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" };
  expect((await call("POST", `${selfUri}/replay`, backwards)).status).toBe(400);

  const reader = await gateway.token("conversations:read");
  const answers = [
    await gateway.call("GET", selfUri, { token: reader }),
    await gateway.call("POST", path, { token: reader, body: { url } }),
    await gateway.call("POST", `${selfUri}/test`, { token: reader }),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([200, 403, 403]);
});

test("signs with both secrets after a rotation, until the overlap is over", async () => {
  const { selfUri, secret: old } = await subscribe();
  const rotated = await call<{ secret: string; previousExpiresAt: string }>("POST", `${selfUri}/rotate`, {
    overlapSeconds: 3600,
  });
  await gateway.contact();
  await untilTold(1);
  gateway.clock.aheadMs += 3600 * 1000;
  token = await gateway.token();
  await call("POST", `${api}/contacts`, { channel: "web" });
  await untilTold(2);

  const signatures = receiver.received.map(
    ({ headers }) => String(headers["webhook-signature"]).split(" ").length,
  );
  const [first] = receiver.received;
  expect(rotated.body.secret).not.toBe(old);
  expect(Date.parse(rotated.body.previousExpiresAt) - Date.now()).toBeGreaterThan(3590 * 1000);
  expect(signatures).toEqual([2, 1]);
  for (const secret of [old, rotated.body.secret]) {
    expect(() =>
      new Webhook(secret).verify(first?.body ?? "", first?.headers as Record<string, string>),
    ).not.toThrow();
  }
});

test("posts a test at once, and says what came of it", async () => {
  const { id, selfUri, secret } = await subscribe();
  const tryIt = async () => (await call<SubscriptionTest>("POST", `${selfUri}/test`)).body;

  const good = await tryIt();
  receiver.answer = () => 410;
  const gone = await tryIt();
  receiver.answer = () => undefined;
  const cut = await tryIt();

  expect(good).toMatchObject({ delivered: true, status: 200 });
  expect(gone).toMatchObject({ delivered: false, status: 410 });
  expect(cut).toMatchObject({ delivered: false, reason: expect.stringContaining("The connection failed") });
  const [first] = receiver.received;
  expect(
    new Webhook(secret).verify(first?.body ?? "", first?.headers as Record<string, string>),
  ).toMatchObject({ type: "subscription.test", subscriptionId: id });
  expect((await call<Subscription>("GET", selfUri)).body.state).toBe("active");
});

test("ends at a 410 or a call, and goes on where it stood", async () => {
  receiver.answer = () => 410;
  const { selfUri } = await subscribe();
  await gateway.contact();
  const ended = await waitUntil(async () => {
    const { body } = await call<Subscription>("GET", selfUri);
    return body.state === "ended" && body;
  });
  receiver.answer = () => 200;
  const moved = await call<Subscription>("PATCH", selfUri, { url: `${receiver.url}/moved`, active: true });
  await untilTold(2);
  const stopped = await call<Subscription>("PATCH", selfUri, { active: false });

  expect(ended.endedReason).toContain("410");
  expect(moved.body).toMatchObject({ state: "active", url: `${receiver.url}/moved` });
  expect(moved.body).not.toHaveProperty("endedReason");
  expect(stopped.body).toMatchObject({ state: "ended", endedReason: "It was ended by a call." });
  const [first, again] = receiver.received;
  expect(again?.id).toBe(first?.id);
});

test("replays a time with the ids that the webhooks had", async () => {
  const { selfUri } = await subscribe();
  const minute = 60_000;
  const instant = () => new Date(Date.now() + gateway.clock.aheadMs).toISOString();
  await gateway.contact();
  gateway.clock.aheadMs += minute;
  const from = instant();
  const within = [(await gateway.contact()).id, (await gateway.contact()).id];
  gateway.clock.aheadMs += minute;
  const to = instant();
  await gateway.contact();
  await untilTold(4);
  const told = receiver.received.filter(({ event }) => within.includes(event.contactId)).map(({ id }) => id);

  const replayed = await call<{ events: number }>("POST", `${selfUri}/replay`, { from, to });
  await untilTold(6);

  expect(replayed.body).toEqual({ events: 2 });
  expect(new Set(receiver.received.slice(4).map(({ id }) => id))).toEqual(new Set(told));
});

test("has room for a hundred subscriptions", async () => {
  for (let n = 0; n < 100; n += 1) await subscribe();

  const refused = await call<{ message: string }>("POST", path, { url: receiver.url });

  expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining("Remove one") } });
});

test("the link to Genesys Cloud takes none of the hundred, and calls cannot change it", async () => {
  const spoolDirectory = mkdtempSync(join(tmpdir(), "quickcard-spool-"));
  const cloud = { baseUrl: "http://127.0.0.1:9", clientId: "id", clientSecret: "secret" };
  const integrations = [{ id: "one", webhookSecrets: ["0123456789abcdef-test-secret"] }];
  await using linked = await startGateway({ genesysCloud: { cloud, integrations, spoolDirectory } });
  const all = await linked.token();
  const ask = async (method: string, uri: string, body?: unknown) =>
    (await linked.call(method, uri, { token: all, body })).status;
  await waitUntil(async () => (await ask("GET", `${path}/genesys-cloud`)) === 200);

  for (let n = 0; n < 100; n += 1) {
    expect(await ask("POST", path, { url: "https://example.com/hook" })).toBe(201);
  }

  expect(await ask("POST", path, { url: "https://example.com/hook" })).toBe(400);
  expect(await ask("PATCH", `${path}/genesys-cloud`, { active: false })).toBe(404);
  expect(await ask("DELETE", `${path}/genesys-cloud`)).toBe(404);
  expect(await ask("POST", `${path}/genesys-cloud/rotate`, {})).toBe(404);
  expect(await ask("POST", `${path}/genesys-cloud/test`)).toBe(404);
  rmSync(spoolDirectory, { recursive: true, force: true });
});

test("waits between attempts and works beside itself as its documentation says", () => {
  const page = readFileSync(new URL("../../../docs/reference/webhooks.md", import.meta.url), "utf8");
  const units = { s: 1000, min: 60_000, h: 3_600_000 };
  const waits = [...page.matchAll(/^\| (\d+) \| (\d+) (s|min|h) \|$/gm)].map(([, attempt, count, unit]) => {
    expect(Number(attempt)).toBeGreaterThan(0);
    return Number(count) * units[unit as keyof typeof units];
  });

  expect(waits).toEqual(defaultNotificationPolicy.retryWaitsMs);
  expect(page).toContain(`tried ${waits.length + 1} times`);
  expect(page).toContain(
    `at most ${defaultNotificationPolicy.maxInFlightPerSubscription} webhooks under way`,
  );
});

import { ConnectionError } from "@quickcard/client";
import { expect, test } from "vitest";
import { failure } from "./fixtures/failure.ts";
import { refusal, type ScriptedAnswer, startContactsApi } from "./fixtures/start-contacts-api.ts";

const base = "/api/v2/conversations/messaging/subscriptions";
const id = "0d9f2a53-6a1c-4f0e-b3a4-9c57d0a1e2f4";
const subscription = { id, url: "https://example.com/", events: ["message.inbound"], state: "active" };
const ok = (json: unknown): ScriptedAnswer => ({ status: 200, json });
const cutOff: ScriptedAnswer = (response) => response.destroy();

test("makes, lists, reads, changes, tests, replays, rotates and removes a subscription", async () => {
  await using api = await startContactsApi({
    answers: [
      { status: 201, json: { ...subscription, secret: "whsec_x" } },
      ok({ entities: [subscription], pageSize: 100 }),
      ok(subscription),
      ok(subscription),
      ok({ delivered: true, status: 200, durationMs: 3 }),
      ok({ events: 2 }),
      ok({ secret: "whsec_y", previousExpiresAt: "2026-11-23T00:00:00.000Z" }),
      { status: 204 },
    ],
  });
  const { subscriptions } = api.client();

  const { secret } = await subscriptions.create({ url: subscription.url, events: ["message.inbound"] });
  const listed = await subscriptions.list();
  await subscriptions.get(id);
  await subscriptions.update(id, { active: true });
  const tested = await subscriptions.test(id);
  const replayed = await subscriptions.replay(id, { from: "2026-11-22T00:00:00Z" });
  const rotated = await subscriptions.rotate(id, { overlapSeconds: 60 });
  await subscriptions.remove(id);

  expect([secret, listed, tested.delivered, replayed.events, rotated.secret]).toEqual([
    "whsec_x",
    [subscription],
    true,
    2,
    "whsec_y",
  ]);
  expect(api.apiRequests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    `POST ${base} {"url":"https://example.com/","events":["message.inbound"]}`,
    `GET ${base} `,
    `GET ${base}/${id} `,
    `PATCH ${base}/${id} {"active":true}`,
    `POST ${base}/${id}/test `,
    `POST ${base}/${id}/replay {"from":"2026-11-22T00:00:00Z"}`,
    `POST ${base}/${id}/rotate {"overlapSeconds":60}`,
    `DELETE ${base}/${id} `,
  ]);
});

test("makes no second subscription where the answer to the first was lost", async () => {
  await using api = await startContactsApi({ answers: [cutOff] });

  const error = await failure(api.client().subscriptions.create({ url: "https://example.com/" }));

  expect(ConnectionError.is(error)).toBe(true);
  expect(error).toMatchObject({ fate: "unknown", retryable: false });
  expect(api.apiRequests).toHaveLength(1);
});

test("takes a subscription for removed that an attempt before removed, and no other", async () => {
  await using lost = await startContactsApi({ answers: [cutOff, refusal(404, "not.found")] });
  await using missing = await startContactsApi({ answers: [refusal(404, "not.found")] });

  await expect(lost.client().subscriptions.remove(id)).resolves.toBeUndefined();
  expect(await failure(missing.client().subscriptions.remove(id))).toMatchObject({ code: "not_found" });
});

import { text } from "@quickcard/client";
import { expect, test } from "vitest";
import { failure } from "./fixtures/failure.ts";
import { accepted, contact, contactId, refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";

test.each([
  ["a 503", { status: 503 }, 14],
  ["a 429", refusal(429, "too.many.requests"), 5],
])(
  "all calls together repeat only as often as their budget of 500 allows, after %s",
  async (_, answer, cost) => {
    await using api = await startContactsApi({ answers: [answer] });
    const { contacts } = api.client({ maxAttempts: 200, timeoutMs: 1e9 });

    const first = await failure(contacts.get(contactId));
    const second = await failure(contacts.get(contactId));

    expect(first).toMatchObject({ attempts: 1 + Math.floor(500 / cost), retryable: true });
    expect(second).toMatchObject({ attempts: 1 });
  },
);

test("a success pays for its last repetition, and one without repetition adds a little", async () => {
  const busy = { status: 503 };
  const found = { status: 200, json: contact };
  const spent = Array.from({ length: 36 }, () => busy);
  await using api = await startContactsApi({
    answers: [...spent, busy, ...Array.from({ length: 4 }, () => found), busy, found, busy, found, busy],
  });
  const { contacts } = api.client({ maxAttempts: 200, timeoutMs: 1e9 });
  await failure(contacts.get(contactId));

  // 500 - 35 · 14 leaves 10: too little for one more.
  expect(await failure(contacts.get(contactId))).toMatchObject({ attempts: 1 });
  for (let call = 0; call < 4; call += 1) await contacts.get(contactId);
  // Now it is 14: each of these is repeated once, and paid back.
  await contacts.get(contactId);
  await contacts.get(contactId);

  expect(api.apiRequests).toHaveLength(36 + 1 + 4 + 2 + 2);
});

test("successes fill the budget no higher than it was at first", async () => {
  const found = { status: 200, json: contact };
  await using api = await startContactsApi({
    answers: [...Array.from({ length: 20 }, () => found), { status: 503 }],
  });
  const { contacts } = api.client({ maxAttempts: 200, timeoutMs: 1e9 });
  for (let call = 0; call < 20; call += 1) await contacts.get(contactId);

  expect(await failure(contacts.get(contactId))).toMatchObject({ attempts: 1 + Math.floor(500 / 14) });
});

test("one client's outage does not cost another", async () => {
  await using api = await startContactsApi({
    answers: [...Array.from({ length: 40 }, () => ({ status: 503 })), accepted],
  });
  await failure(api.client({ maxAttempts: 200, timeoutMs: 1e9 }).contacts.get(contactId));

  const sent = api.client({ maxAttempts: 200, timeoutMs: 1e9 }).messages.send(contactId, text("Hello"));

  await expect(sent).resolves.toMatchObject({ status: "queued" });
});

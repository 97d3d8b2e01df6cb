import { ApiError, OpenMessagingClient, RateLimitError, type Transport, text } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { systemTimeAndChance } from "../src/time-and-chance.ts";
import { eventually } from "./fixtures/eventually.ts";
import { failure } from "./fixtures/failure.ts";
import { createFakeTime } from "./fixtures/fake-time.ts";
import {
  accepted,
  contact,
  contactId,
  credentials,
  refusal,
  startContactsApi,
} from "./fixtures/start-contacts-api.ts";

const found = { status: 200, json: contact };
const busy = { status: 503 };
const limited = (retryAfter: string) => ({
  ...refusal(429, "too.many.requests"),
  headers: { "retry-after": retryAfter },
});

test("tries again after a 503, waiting up to twice as long each time", async () => {
  await using api = await startContactsApi({ answers: [busy, busy, busy, found] });

  await expect(api.client().contacts.get(contactId)).resolves.toMatchObject({ id: contactId });

  expect(api.time.sleeps).toEqual([500, 1000, 2000]);
});

test("waits any time up to that, by chance, and never longer than 20 s", async () => {
  await using api = await startContactsApi({ answers: [busy] });
  const time = createFakeTime({ random: 0.25 });

  await failure(api.client({ maxAttempts: 9 }, { time }).contacts.get(contactId));

  expect(time.sleeps).toEqual([125, 250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test("gives up after maxAttempts, without one more wait, with the last error", async () => {
  await using api = await startContactsApi({ answers: [{ status: 500 }, { status: 502 }, busy] });

  const error = await failure(api.client({ maxAttempts: 3 }).contacts.get(contactId));

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 503, attempts: 3, retryable: true });
  expect(api.apiRequests).toHaveLength(3);
  expect(api.time.sleeps).toHaveLength(2);
});

test("does not try at all again with maxAttempts 1", async () => {
  await using api = await startContactsApi({ answers: [busy, found] });

  await failure(api.client({ maxAttempts: 1 }).contacts.get(contactId));

  expect(api.apiRequests).toHaveLength(1);
});

describe("Retry-After", () => {
  test.each([
    ["in seconds", "7", 7000],
    ["as a date", "Wed, 21 Oct 2026 07:28:30 GMT", 30_000],
    ["as an old date", "Wednesday, 21-Oct-26 07:28:30 GMT", 30_000],
    ["beyond the cap", "86400", 60_000],
    ["beyond what a timer can hold", "2147484", 60_000],
    ["shorter than the own wait", "0", 500],
    ["negative", "-5", 500],
    ["as a fraction", "1.5", 500],
    ["that is junk", "soon", 500],
  ])("%s is waited for", async (_, retryAfter, waitMs) => {
    await using api = await startContactsApi({ answers: [limited(retryAfter), accepted] });

    await api.client().messages.send(contactId, text("Hello"));

    expect(api.time.sleeps).toEqual([waitMs]);
  });

  test("is told where the caller has to wait for it", async () => {
    await using api = await startContactsApi({ answers: [limited("42")] });

    const error = await failure(api.client({ maxAttempts: 1 }).messages.send(contactId, text("Hello")));

    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 42_000, retryable: true, fate: "not_applied" });
  });
});

test("fails at once where the wait would be longer than the whole call may take", async () => {
  await using api = await startContactsApi({ answers: [limited("30")] });

  const error = await failure(api.client({ timeoutMs: 29_000 }).messages.send(contactId, text("Hello")));

  expect(error).toMatchObject({ code: "rate_limited", retryAfterMs: 30_000, attempts: 1 });
  expect(api.time.sleeps).toEqual([]);
});

test("counts the waits as part of the whole call", async () => {
  await using api = await startContactsApi({ answers: [limited("20")] });

  const error = await failure(
    api.client({ timeoutMs: 50_000, maxAttempts: 100 }).messages.send(contactId, text("Hello")),
  );

  expect(error).toMatchObject({ attempts: 3 });
  expect(api.time.sleeps).toEqual([20_000, 20_000]);
});

test.each([408, 500, 502, 503, 504])(
  "sends a message again after a %i, under the same key",
  async (status) => {
    await using api = await startContactsApi({ answers: [{ status }, accepted] });

    await api.client().messages.send(contactId, text("Hello"));

    const keys = api.apiRequests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  },
);

test("never repeats a message without a key whose fate is unknown", async () => {
  await using api = await startContactsApi({ answers: [busy, accepted] });

  const error = await failure(
    api.client().messages.send(contactId, text("Hello"), { idempotencyKey: false }),
  );

  expect(error).toMatchObject({ status: 503, fate: "unknown", retryable: false, attempts: 1 });
  expect(api.apiRequests).toHaveLength(1);
  expect(api.apiRequests[0]?.headers).not.toHaveProperty("idempotency-key");
});

test("repeats a message without a key that was certainly not applied", async () => {
  await using api = await startContactsApi({ answers: [limited("1"), accepted] });

  await api.client().messages.send(contactId, text("Hello"), { idempotencyKey: false });

  expect(api.apiRequests).toHaveLength(2);
});

test("says that a send of unknown fate is safe to repeat only with its key", async () => {
  await using api = await startContactsApi({ answers: [busy] });
  const { messages } = api.client({ maxAttempts: 2 });

  const withMadeKey = await failure(messages.send(contactId, text("Hello")));
  const withOwnKey = await failure(messages.send(contactId, text("Hello"), { idempotencyKey: "mine" }));

  expect(withMadeKey).toMatchObject({
    retryable: false,
    fate: "unknown",
    fix: expect.stringContaining("idempotencyKey"),
  });
  expect(withMadeKey.idempotencyKey).toBe(api.apiRequests[0]?.headers["idempotency-key"]);
  expect(withOwnKey).toMatchObject({ retryable: true, idempotencyKey: "mine" });
});

test.each([400, 403, 404, 405, 406, 409, 410, 413, 415, 422, 501])(
  "does not try again after a %i",
  async (status) => {
    await using api = await startContactsApi({ answers: [{ status }] });

    const error = await failure(api.client().messages.send(contactId, text("Hello")));

    expect(error).toMatchObject({ status, retryable: false, attempts: 1 });
    expect(api.apiRequests).toHaveLength(1);
  },
);

test("does not hold up other calls while one waits", async () => {
  await using api = await startContactsApi({ answers: [limited("60"), found] });
  let endWait = () => {};
  const sleep = () =>
    new Promise<void>((resolve) => {
      endWait = resolve;
    });
  const { contacts } = api.client({}, { time: { ...createFakeTime(), sleep } });

  const first = contacts.get(contactId);
  await eventually(() => api.apiRequests.length === 1);
  await expect(contacts.get(contactId)).resolves.toMatchObject({ id: contactId });
  endWait();

  await expect(first).resolves.toMatchObject({ id: contactId });
});

test("stops waiting when the caller gives up, and throws the caller's own reason", async () => {
  await using api = await startContactsApi({ answers: [limited("60")] });
  const caller = new AbortController();
  const reason = { why: "the customer left" };
  const call = api
    .client({}, { time: systemTimeAndChance })
    .contacts.get(contactId, { signal: caller.signal });

  await eventually(() => api.apiRequests.length === 1);
  caller.abort(reason);

  await expect(call).rejects.toBe(reason);
  expect(api.apiRequests).toHaveLength(1);
});

test("a signal shared by many calls ends them all, and no warning is printed", async () => {
  await using api = await startContactsApi({ answers: [() => undefined] });
  const { contacts } = api.client({ token: "t" });
  const caller = new AbortController();
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on("warning", onWarning);

  const calls = Array.from({ length: 30 }, () => contacts.get(contactId, { signal: caller.signal }));
  const outcomes = Promise.allSettled(calls);
  await eventually(() => api.apiRequests.length === 30);
  caller.abort("enough");

  expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason)).toEqual(
    calls.map(() => "enough"),
  );
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});

test("does not even ask for a token for a caller who has given up before", async () => {
  const reason = new Error("too late");
  let requests = 0;
  const transport: Transport = async () => {
    requests += 1;
    return { status: 200, headers: {}, body: new Uint8Array() };
  };
  const client = new OpenMessagingClient({ ...credentials, transport });

  await expect(client.contacts.get(contactId, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);

  expect(requests).toBe(0);
});

// What the client promises, wherever it runs: `contract.mjs <url of the contract's server> <default | fetch> <what is given, as JSON>`, in
// any runtime. Prints a line of JSON for each case.
import assert from "node:assert/strict";
import process from "node:process";
import { OpenMessagingClient, OpenMessagingError, quickReply, text, verifyWebhook } from "@quickcard/client";

const [url = "", transport = "default", json = "{}"] = process.argv.slice(2);
const { webhook, closedUrl } = JSON.parse(json);
const contactId = "6f9d8c1e-6d1b-4c8e-9a55-0d5a7a0d8f11";
const messages = `/api/v2/conversations/messaging/contacts/${contactId}/messages`;

/** @type {Record<string, (given: ReturnType<typeof prepare>) => Promise<void>>} */
const cases = {
  "one-token": async ({ client, seen }) => {
    await Promise.all(Array.from({ length: 50 }, () => client.messages.send(contactId, text("Hello"))));
    const requests = await seen();
    assert.equal(requests.filter(({ path }) => path === "/oauth/token").length, 1);
    assert.equal(requests.length, 51);
  },
  "renewed-token": async ({ client, seen }) => {
    await client.messages.send(contactId, text("Hello"));
    const tokens = (await seen()).map(({ headers }) => headers.authorization);
    assert.deepEqual(tokens, [undefined, "Bearer token-1", undefined, "Bearer token-2"]);
  },
  send: async ({ client, seen }) => {
    const menu = quickReply("Ready, Zoë? 👍", [{ label: "Yes", value: "yes" }]);
    const message = await client.messages.send(contactId, menu);
    assert.equal(message.status, "queued");
    const [, request] = await seen();
    assert.equal(request.path, messages);
    assert.deepEqual(JSON.parse(request.body), { type: "message", content: menu });
    assert.match(request.headers["idempotency-key"], /^[0-9a-f-]{36}$/);
    assert.match(request.headers["user-agent"], /quickcard/i);
  },
  retry: async ({ client, seen }) => {
    await client.messages.send(contactId, text("Hello"));
    const [, first, second] = await seen();
    assert.equal(first.headers["idempotency-key"], second.headers["idempotency-key"]);
  },
  "retry-after": async ({ client, slept }) => {
    await client.messages.send(contactId, text("Hello"));
    assert.ok(
      slept.some((ms) => ms >= 7000),
      `slept ${slept}`,
    );
  },
  reset: async ({ client, seen }) => {
    await client.messages.send(contactId, text("Hello"));
    assert.equal((await seen()).length, 3);
  },
  "reset-without-key": async ({ client, seen }) => {
    const error = await failure(client.messages.send(contactId, text("Hello"), { idempotencyKey: false }));
    assert.deepEqual([error.code, error.fate, error.retryable], ["connection_failed", "unknown", false]);
    assert.equal((await seen()).length, 2);
  },
  refused: async ({ options }) => {
    const client = new OpenMessagingClient({ ...options, baseUrl: closedUrl, token: "t" });
    const error = await failure(client.contacts.get(contactId));
    assert.deepEqual([error.code, error.fate], ["connection_failed", "not_sent"]);
  },
  stall: async ({ create }) => {
    const client = create({ attemptTimeoutMs: 100, maxAttempts: 2 });
    const error = await failure(client.messages.send(contactId, text("Hello"), { idempotencyKey: "k" }));
    assert.deepEqual([error.code, error.attempts, error.idempotencyKey], ["timeout", 2, "k"]);
  },
  "given-up": async ({ create }) => {
    const client = create({ baseUrl: `${url}/stall` });
    const caller = new AbortController();
    const call = client.contacts.get(contactId, { signal: caller.signal });
    caller.abort("enough");
    await assert.rejects(call, (reason) => reason === "enough");
  },
  redirect: async ({ client }) => {
    const error = await failure(client.contacts.get(contactId));
    assert.deepEqual([error.code, error.status], ["redirected", 302]);
  },
  unreadable: async ({ client }) => {
    const error = await failure(client.messages.send(contactId, text("Hello")));
    assert.deepEqual([error.code, error.fate], ["sent_but_unreadable", "applied"]);
  },
  "too-long": async ({ client }) => {
    assert.equal((await failure(client.contacts.get(contactId))).code, "unreadable_answer");
  },
  "not-found": async ({ client }) => {
    const error = await failure(client.contacts.get(contactId));
    assert.deepEqual([error.code, error.status, error.correlationId], ["not_found", 404, "c-1"]);
  },
  invalid: async ({ client }) => {
    const error = await failure(client.messages.send(contactId, { type: "text", txt: "Hello" }));
    assert.equal(error.code, "invalid_message");
    assert.deepEqual(error.issues.map(({ pointer }) => pointer).sort(), ["/content/text", "/content/txt"]);
  },
  events: async ({ client, seen }) => {
    const ids = [];
    for await (const event of client.events({ after: "0" })) if (ids.push(event.id) === 4) break;
    assert.deepEqual(ids, ["1", "2", "3", "4"]);
    const opened = (await seen()).filter(({ path }) => path.includes("/events"));
    assert.deepEqual(
      opened.map(({ headers }) => headers["last-event-id"]),
      ["0", "2"],
    );
  },
  many: async ({ client, seen }) => {
    const rows = Array.from({ length: 25 }, (_, row) => ({ contactId, message: text(`Hello ${row}`) }));
    const results = [];
    for await (const result of client.messages.sendMany(rows, { concurrency: 4 }))
      results.push(result.status);
    assert.deepEqual(new Set(results), new Set(["sent"]));
    const bodies = (await seen()).filter(({ path }) => path === messages).map(({ body }) => JSON.parse(body));
    assert.deepEqual(
      bodies.map(({ content }) => content.text),
      rows.map(({ message }) => message.text),
    );
  },
  webhook: async () => {
    const { body, headers, secret } = webhook;
    assert.equal((await verifyWebhook(body, new Headers(headers), secret)).id, "7");
    const error = await failure(verifyWebhook(`${body} `, headers, secret));
    assert.equal(error.code, "invalid_signature");
  },
  printed: async ({ client, options }) => {
    assert.ok(!JSON.stringify(client).includes(options.clientSecret));
    const { inspect } = await import("node:util");
    assert.ok(!inspect(client, { depth: 9 }).includes(options.clientSecret));
  },
};

/** @param {string} name */
function prepare(name) {
  /** @type {number[]} */
  const slept = [];
  const time = {
    monotonicMs: () => performance.now(),
    epochMs: () => Date.now(),
    random: () => 0,
    sleep: async (/** @type {number} */ ms) => void slept.push(ms),
  };
  const options = {
    baseUrl: `${url}/${name}`,
    clientId: "id",
    clientSecret: "secret-canary",
    ...(transport === "fetch" ? { fetch: (/** @type {Request} */ request) => fetch(request) } : {}),
  };
  const create = (/** @type {object} */ more = {}) =>
    new OpenMessagingClient({ ...options, ...more }, { time });
  const seen = async () => await (await fetch(`${url}/seen/${name}`)).json();
  const { clientId: _, clientSecret: __, ...withoutCredentials } = options;
  return {
    client: create(),
    create,
    seen,
    slept,
    options: name === "refused" ? withoutCredentials : options,
  };
}

/** @param {Promise<unknown>} promise */
async function failure(promise) {
  const error = await promise.then(
    () => undefined,
    (/** @type {unknown} */ reason) => reason,
  );
  if (!OpenMessagingError.is(error)) throw new Error(`not an OpenMessagingError: ${error}`);
  return /** @type {any} */ (error);
}

for (const [name, work] of Object.entries(cases)) {
  const given = prepare(name);
  const error = await work(given).then(
    () => undefined,
    (reason) => String(reason?.stack ?? reason),
  );
  console.log(JSON.stringify({ name, error }));
  await given.client.close();
}
process.exit(0);

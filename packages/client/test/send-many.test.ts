import { setImmediate } from "node:timers/promises";
import { type BulkResult, type BulkRow, type SendManyOptions, text } from "@quickcard/client";
import fc from "fast-check";
import { expect, test } from "vitest";
import { startGateway } from "../../../testing/start-gateway.ts";
import { bulkKey } from "../src/bulk/bulk-key.ts";
import { createLanes } from "../src/lanes.ts";
import { collect } from "./fixtures/collect.ts";
import { failure } from "./fixtures/failure.ts";
import { accepted, refusal, type ScriptedAnswer, startContactsApi } from "./fixtures/start-contacts-api.ts";
import type { ReceivedRequest } from "./fixtures/start-server.ts";

const rowsOf = (contacts: readonly string[]): BulkRow[] =>
  contacts.map((contactId, index) => ({ contactId, message: text(`${index}`), key: `row-${index}` }));

const textOf = ({ body }: ReceivedRequest) => Number(JSON.parse(body).content.text);

/** Answers when the test says so. */
function heldAnswers() {
  const held: { row: number; accept: () => void }[] = [];
  const answer: ScriptedAnswer = (response, request) => {
    held.push({
      row: textOf(request),
      accept: () => {
        response.writeHead(201, { "content-type": "application/json" });
        response.end(JSON.stringify(accepted.json));
      },
    });
  };
  return { held, answer };
}

test("tells what became of each row: sent, failed or not known", async () => {
  await using api = await startContactsApi({
    answers: [
      accepted,
      refusal(404, "not.found"),
      { status: 201, text: "{" },
      (response) => response.destroy(),
    ],
  });
  const rows = [...rowsOf(["a", "b", "c", "d"]), { contactId: "e", message: { type: "card" } as never }];
  const client = api.client({ maxAttempts: 1 });

  const results = await collect(client.messages.sendMany(rows, { concurrency: 1 }));

  expect(results.map(({ index, contactId, key, status }) => [index, contactId, key, status])).toEqual([
    [0, "a", "row-0", "sent"],
    [1, "b", "row-1", "failed"],
    [2, "c", "row-2", "sent"],
    [3, "d", "row-3", "unknown"],
    [4, "e", undefined, "failed"],
  ]);
  expect(results[0]).toMatchObject({ message: accepted.json });
  expect(results.slice(1).map(({ error }: BulkResult & { error?: unknown }) => error)).toMatchObject([
    { code: "not_found" },
    { code: "sent_but_unreadable" },
    { code: "connection_failed" },
    { code: "invalid_message" },
  ]);
});

test("the same row of the same batch has the same idempotency key, and no other row has", async () => {
  await using api = await startContactsApi();
  const rows = [{ contactId: "a", message: text("0"), key: "Zoë, 3 rue\n" }];
  const send = (given: BulkRow[], batch?: string) =>
    collect(api.client().messages.sendMany(given, { batch }));

  await send(rows, "spring");
  await send(rows, "spring");
  await send(rows, "autumn");
  await send(rows);
  await send([{ contactId: "a", message: text("0") }]);

  const keys = api.apiRequests.map(({ headers }) => headers["idempotency-key"]);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(4);
  expect(keys[0]).toMatch(/^bulk-[0-9a-f]{64}$/);
  expect(await bulkKey("a", 'b","c')).not.toBe(await bulkKey('a","b', "c"));
});

test("a run that is cut and repeated sends each row to a gateway once, and in order", async () => {
  await using server = await startGateway();
  const { id } = await server.contact();
  const { OpenMessagingClient } = await import("@quickcard/client");
  const client = new OpenMessagingClient({
    token: await server.token(),
    baseUrl: "http://localhost",
    fetch: server.gateway.fetch,
  });
  const rows = rowsOf(Array.from({ length: 12 }, () => id));

  for await (const { index } of client.messages.sendMany(rows)) if (index === 4) break;
  const results = await collect(client.messages.sendMany(rows));

  expect(results.map(({ status }) => status)).toEqual(rows.map(() => "sent"));
  const { entities } = await client.messages.list(id);
  expect(entities.map(({ content }) => content)).toEqual(rows.map(({ message }) => message));
});

test("sends no more at once than it may, and keeps the order of each contact's rows", async () => {
  const contactsOf = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      contactsOf,
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.nat()),
      async (contacts, concurrency, chance) => {
        const lanes = createLanes(concurrency);
        const begun: number[] = [];
        const running = new Set<number>();
        const finishers: (() => void)[] = [];
        const work = contacts.map((contact, index) =>
          lanes.run(contact, async () => {
            begun.push(index);
            expect([...running].some((other) => contacts[other] === contact)).toBe(false);
            running.add(index);
            expect(running.size).toBeLessThanOrEqual(concurrency);
            await new Promise<void>((resolve) => finishers.push(resolve));
            running.delete(index);
          }),
        );
        while (begun.length < contacts.length || running.size > 0) {
          const idle = contacts.length - begun.length > 0 && running.size === 0;
          expect(idle).toBe(false);
          finishers.splice(chance.next().value % finishers.length, 1)[0]?.();
          await setImmediate();
        }
        await Promise.all(work);

        for (const contact of new Set(contacts)) {
          const order = begun.filter((index) => contacts[index] === contact);
          expect(order).toEqual([...order].sort((one, other) => one - other));
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("a contact that is slow holds up its own rows alone", async () => {
  const { held, answer } = heldAnswers();
  await using api = await startContactsApi({ answers: [answer] });
  const rows = rowsOf(["slow", "slow", "b", "c", "d"]);
  const run = api.client().messages.sendMany(rows, { concurrency: 2 });
  const results: number[] = [];
  const reading = (async () => {
    for await (const { index } of run) results.push(index);
  })();

  for (const row of [2, 3, 4]) {
    await expect.poll(() => held.map((one) => one.row)).toContain(row);
    held.find((one) => one.row === row)?.accept();
  }
  await expect.poll(() => results).toEqual([2, 3, 4]);
  expect(held.map((one) => one.row)).not.toContain(1);
  held.find((one) => one.row === 0)?.accept();
  await expect.poll(() => held.map((one) => one.row)).toContain(1);
  held.find((one) => one.row === 1)?.accept();
  await reading;

  expect(results).toEqual([2, 3, 4, 0, 1]);
});

test("takes rows from an endless source only as fast as results are taken", async () => {
  await using api = await startContactsApi();
  let taken = 0;
  let isClosed = false;
  async function* endless(): AsyncGenerator<BulkRow> {
    try {
      for (;;) {
        taken += 1;
        yield { contactId: `contact-${taken}`, message: text("Hello") };
      }
    } finally {
      isClosed = true;
    }
  }
  const run = api.client().messages.sendMany(endless(), { concurrency: 4 });

  for (let count = 0; count < 10; count += 1) await run.next();
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();

  expect(taken).toBeLessThanOrEqual(10 + 4 * 5);
  await run.return();
  expect(isClosed).toBe(true);
});

test("tells how far it has come after each result", async () => {
  await using api = await startContactsApi({ answers: [accepted, refusal(404, "not.found"), accepted] });
  const told: unknown[] = [];
  const options: SendManyOptions = { concurrency: 1, onProgress: (progress) => told.push(progress) };

  await collect(api.client().messages.sendMany(rowsOf(["a", "b", "c"]), options));

  expect(told).toEqual([
    { sent: 1, failed: 0, unknown: 0 },
    { sent: 1, failed: 1, unknown: 0 },
    { sent: 2, failed: 1, unknown: 0 },
  ]);
});

test("what would meet every row ends the run, once what was on its way has been told", async () => {
  await using api = await startContactsApi({ answers: [accepted, refusal(403, "missing.scope")] });
  const results: BulkResult[] = [];
  const run = async () => {
    const rows = rowsOf(Array.from({ length: 100 }, (_, index) => `contact-${index}`));
    for await (const result of api.client().messages.sendMany(rows, { concurrency: 1 })) results.push(result);
  };

  expect(await failure(run())).toMatchObject({ code: "permission_denied" });
  expect(results.map(({ status }) => status)).toEqual(["sent", "failed"]);
});

test("a source that fails ends the run with its own error, after the results so far", async () => {
  await using api = await startContactsApi();
  async function* broken(): AsyncGenerator<BulkRow> {
    yield* rowsOf(["a", "b"]);
    throw new Error("line 3 is cut");
  }
  const results: BulkResult[] = [];
  const run = async () => {
    for await (const result of api.client().messages.sendMany(broken())) results.push(result);
  };

  await expect(run()).rejects.toThrow("line 3 is cut");
  expect(results.map(({ status }) => status)).toEqual(["sent", "sent"]);
});

test("a caller who gives up learns which rows were on their way, even if the source hangs", async () => {
  const { held, answer } = heldAnswers();
  await using api = await startContactsApi({ answers: [answer] });
  async function* hanging(): AsyncGenerator<BulkRow> {
    yield* rowsOf(["a", "a", "b"]);
    await new Promise(() => undefined);
  }
  const caller = new AbortController();
  const results: BulkResult[] = [];
  const run = (async () => {
    const { signal } = caller;
    for await (const result of api.client().messages.sendMany(hanging(), { signal })) results.push(result);
  })();
  await expect.poll(() => held.length).toBe(2);

  caller.abort("enough");

  await expect(run).rejects.toBe("enough");
  expect(results).toEqual([
    { index: 0, contactId: "a", key: "row-0", status: "unknown", error: "enough" },
    { index: 2, contactId: "b", key: "row-2", status: "unknown", error: "enough" },
  ]);
  await expect(api.client().messages.sendMany([], { signal: caller.signal }).next()).rejects.toBe("enough");
});

test.each([0, 1.5, -1, 5000, Number.NaN])("refuses %d at once", async (concurrency) => {
  await using api = await startContactsApi();

  expect(await failure(api.client().messages.sendMany([], { concurrency }).next())).toMatchObject({
    code: "invalid_argument",
    argument: "concurrency",
  });
});

import { setImmediate } from "node:timers/promises";
import { type Event, fetchTransport, type InboundContent } from "@quickcard/client";
import fc from "fast-check";
import { expect, test } from "vitest";
import { eventually } from "./fixtures/eventually.ts";
import { failure } from "./fixtures/failure.ts";
import { refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";

const contacts = ["a", "b", "c"];

const event = (number: number, content: InboundContent = { type: "text", text: `${number}` }): Event => ({
  id: `${number}`,
  type: "message.inbound",
  timestamp: "2026-10-21T07:28:00.000Z",
  contactId: contacts[number % contacts.length] ?? "",
  conversationId: "c",
  message: {
    id: `m${number}`,
    contactId: "a",
    conversationId: "c",
    direction: "inbound",
    status: "received",
    timestamp: "2026-10-21T07:28:00.000Z",
    content,
    selfUri: "/m",
  },
});

const log = (count: number) => Array.from({ length: count }, (_, index) => event(index + 1));

const blockOf = (one: Event) => `event: ${one.type}\nid: ${one.id}\ndata: ${JSON.stringify(one)}\n\n`;

/** A server in memory that tells its log from where it is asked on. Each connection is cut after so many bytes; the last stays open. */
function streamsOf(events: readonly Event[], cuts: readonly number[]) {
  let connections = 0;
  return fetchTransport((request) => {
    const after = Number(request.headers.get("last-event-id") ?? 0);
    const cut = cuts[connections];
    connections += 1;
    const bytes = new TextEncoder().encode(
      `id: ${after}\n\n${events
        .filter(({ id }) => Number(id) > after)
        .map(blockOf)
        .join("")}`,
    );
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, cut));
        if (cut !== undefined) controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
}

test("hands taps, messages, statuses and conversations to their handlers, each in its own form", async () => {
  const base = { timestamp: "2026-10-21T07:28:00.000Z", contactId: "a", conversationId: "c" };
  const events: Event[] = [
    event(1, { type: "tap", kind: "postback", messageId: "m", choice: 0, label: "Buy", value: "buy" }),
    event(2),
    { ...base, id: "3", type: "message.status", messageId: "m", status: "delivered" },
    { ...base, id: "4", type: "conversation.state", state: "closed" },
    { ...base, id: "5", type: "of a newer gateway" } as never,
  ];
  await using api = await startContactsApi();
  const stop = new AbortController();
  const heard: unknown[] = [];

  await api.client({ token: "t", transport: streamsOf(events, []) }).listen({
    signal: stop.signal,
    onTap: (tap, { contactId }) => void heard.push([tap.value, contactId]),
    onMessage: (content, { id }) => void heard.push([content.type === "text" && content.text, id]),
    onStatus: ({ status }) => void heard.push(status),
    onConversation: ({ state }) => void heard.push(state),
    onHandled: (id) => {
      if (id === "5") stop.abort();
    },
  });

  expect(new Set(heard)).toEqual(new Set([["buy", "b"], ["2", "2"], "delivered", "closed"]));
});

test("handles every event once and in order for each contact, however often the connection is cut", async () => {
  await using api = await startContactsApi();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.nat({ max: 3000 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.nat({ max: 3 })),
      async (count, cuts, concurrency, turns) => {
        const events = log(count);
        const stop = new AbortController();
        const handled: string[] = [];
        const places: number[] = [];
        const running = new Set<string>();
        const transport = streamsOf(events, cuts);

        await api.client({ token: "t", transport }).listen({
          after: "0",
          signal: stop.signal,
          concurrency,
          onMessage: async (_, { id, contactId }) => {
            expect(running.has(contactId)).toBe(false);
            running.add(contactId);
            expect(running.size).toBeLessThanOrEqual(concurrency);
            for (let turn = turns.next().value; turn > 0; turn -= 1) await setImmediate();
            running.delete(contactId);
            handled.push(id);
          },
          onHandled: (id) => {
            places.push(Number(id));
            // What is told as handled is: all of it, from the first on.
            expect(events.slice(0, Number(id)).every((one) => handled.includes(one.id))).toBe(true);
            if (Number(id) === count) stop.abort();
          },
        });

        expect(handled).toHaveLength(count);
        for (const contactId of contacts) {
          const told = events.filter((one) => one.contactId === contactId).map(({ id }) => id);
          expect(handled.filter((id) => told.includes(id))).toEqual(told);
        }
        expect(places).toEqual([...places].sort((one, other) => one - other));
      },
    ),
    { numRuns: 150 },
  );
});

test("what a handler throws is told, and listening goes on", async () => {
  await using api = await startContactsApi();
  const stop = new AbortController();
  const told: unknown[] = [];

  await api.client({ token: "t", transport: streamsOf(log(4), []) }).listen({
    after: "0",
    signal: stop.signal,
    onMessage: async (_, { id }) => {
      if (id === "2") throw new Error("the database is away");
    },
    onError: (error, { id }) => void told.push([id, (error as Error).message]),
    onHandled: (id) => {
      if (id === "4") stop.abort();
    },
  });

  expect(told).toEqual([["2", "the database is away"]]);
});

test("without anybody to tell, a handler's error ends listening; nothing after it counts as handled", async () => {
  await using api = await startContactsApi();
  const handled: string[] = [];
  const places: string[] = [];

  const listening = api.client({ token: "t", transport: streamsOf(log(50), []) }).listen({
    after: "0",
    concurrency: 1,
    onMessage: async (_, { id }) => {
      if (id === "3") throw new Error("the database is away");
      handled.push(id);
    },
    onHandled: (id) => places.push(id),
  });

  await expect(listening).rejects.toThrow("the database is away");
  expect([handled, places]).toEqual([
    ["1", "2"],
    ["1", "2"],
  ]);
});

test("waits for the handlers that run when it is told to stop, and begins no other", async () => {
  await using api = await startContactsApi();
  const stop = new AbortController();
  const steps: string[] = [];
  let finish: () => void = () => undefined;

  const listening = api
    .client({ token: "t", transport: streamsOf(log(9), []) })
    .listen({
      after: "0",
      concurrency: 1,
      signal: stop.signal,
      onMessage: async (_, { id }) => {
        steps.push(`begin ${id}`);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        steps.push(`end ${id}`);
      },
    })
    .then(() => steps.push("resolved"));
  await eventually(() => steps.length > 0);
  stop.abort();
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  expect(steps).toEqual(["begin 1"]);
  finish();
  await listening;

  expect(steps).toEqual(["begin 1", "end 1", "resolved"]);
});

test("reads no more of the stream while very many events wait", async () => {
  await using api = await startContactsApi();
  const stop = new AbortController();
  let read = 0;
  const endless = fetchTransport(() => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 1;
        controller.enqueue(new TextEncoder().encode(blockOf(event(read))));
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });

  const listening = api.client({ token: "t", transport: endless }).listen({
    after: "0",
    signal: stop.signal,
    onMessage: () => new Promise((resolve) => stop.signal.addEventListener("abort", () => resolve())),
  });
  await eventually(() => read > 1000);
  for (let turn = 0; turn < 200; turn += 1) await setImmediate();

  expect(read).toBeLessThan(1010);
  stop.abort();
  await listening;
});

test("a refusal is thrown, and a signal that was aborted before opens nothing", async () => {
  await using api = await startContactsApi({ answers: [refusal(403, "missing.scope")] });

  expect(await failure(api.client().listen({}))).toMatchObject({ code: "permission_denied" });
  const before = api.requests.length;
  await api.client().listen({ signal: AbortSignal.abort() });
  expect(api.requests).toHaveLength(before);
});

import type { ServerResponse } from "node:http";
import { type Event, fetchTransport, OpenMessagingClient, type Transport } from "@quickcard/client";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readServerSentEvents } from "../src/events/server-sent-events.ts";
import { collect } from "./fixtures/collect.ts";
import { eventually } from "./fixtures/eventually.ts";
import { failure } from "./fixtures/failure.ts";
import { contactId, refusal, startContactsApi } from "./fixtures/start-contacts-api.ts";
import { inVirtualTime } from "./fixtures/virtual-time.ts";

const event = (id: number): Event => ({
  id: String(id),
  type: "conversation.state",
  state: "active",
  timestamp: "2026-10-21T07:28:00.000Z",
  contactId,
  conversationId: "c",
});
const block = (id: number) => `event: conversation.state\nid: ${id}\ndata: ${JSON.stringify(event(id))}\n\n`;

/** A stream that writes this and then ends, breaks or stays open. */
function stream(text: string, after: "end" | "break" | "stay" = "end"): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    if (after === "stay") response.write(text || ":\n\n");
    else if (after === "end") response.end(text);
    else response.write(text, () => response.destroy());
  };
}

async function take(events: AsyncIterable<Event>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of events) {
    ids.push(id);
    if (ids.length === count) break;
  }
  return ids;
}

test("hears events as they come, from the place asked for", async () => {
  await using api = await startContactsApi({ answers: [stream(block(8) + block(9), "stay")] });

  expect(await take(api.client().events({ after: "7" }), 2)).toEqual(["8", "9"]);

  const [request] = api.apiRequests;
  expect(`${request?.method} ${request?.path}`).toBe("GET /api/v2/conversations/messaging/events");
  expect(request?.headers).toMatchObject({ accept: "text/event-stream", "last-event-id": "7" });
});

test("goes on after the last event, whether the stream ended, broke or said things again", async () => {
  await using api = await startContactsApi({
    answers: [
      stream(`retry: 1000\nid: 3\n\n${block(4)}${block(5)}`),
      stream(`${block(6)}id: 7\ndata: {"cut": `, "break"),
      { status: 503 },
      stream(block(5) + block(6) + block(7) + block(7) + block(10)),
    ],
  });

  expect(await take(api.client().events(), 5)).toEqual(["4", "5", "6", "7", "10"]);

  expect(api.apiRequests.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "5", "6", "6"]);
});

test("misses nothing that happens between a first connection without events and the next", async () => {
  await using api = await startContactsApi({
    answers: [stream("retry: 1000\nid: 41\n\n", "break"), stream(block(42))],
  });

  expect(await take(api.client().events(), 1)).toEqual(["42"]);

  expect(api.apiRequests[1]?.headers["last-event-id"]).toBe("41");
});

test("waits longer after each connection lost in vain, and begins anew after an event", async () => {
  const lost = stream("id: 1\n\n");
  await using api = await startContactsApi({
    answers: [lost, lost, lost, stream(block(2)), stream(block(3))],
  });

  await take(api.client().events(), 2);

  expect(api.time.sleeps).toEqual([500, 1000, 2000, 500]);
});

test("opens a stream anew that has gone silent", async () => {
  await using api = await startContactsApi({ answers: [stream("", "stay"), stream(block(1))] });

  expect(await take(api.client({}, { streamIdleMs: 30 }).events(), 1)).toEqual(["1"]);

  expect(api.apiRequests).toHaveLength(2);
});

test("is not ended by the time limits of a call", async () => {
  async function* late(signal: AbortSignal | undefined) {
    yield new TextEncoder().encode(":\n\n");
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    signal?.throwIfAborted();
    yield new TextEncoder().encode(block(1));
  }
  async function* again() {
    yield new TextEncoder().encode(block(2));
  }
  let openings = 0;
  const transport: Transport = async ({ signal }) => {
    openings += 1;
    return {
      status: 200,
      headers: { "content-type": "text/event-stream" },
      body: openings === 1 ? late(signal) : again(),
    };
  };
  const limits = { attemptTimeoutMs: 1000, timeoutMs: 1000 };
  const client = new OpenMessagingClient({ baseUrl: "http://localhost", token: "t", transport, ...limits });

  const ids = await inVirtualTime(() => take(client.events(), 1));

  expect(ids).toEqual(["1"]);
  expect(openings).toBe(1);
});

test("ends with the reason of a caller who gives up, and closes the connection", async () => {
  for (const transport of [undefined, fetchTransport(fetch)]) {
    let closed = false;
    await using api = await startContactsApi({
      answers: [
        (response) => {
          response.on("close", () => {
            closed = true;
          });
          stream(block(1), "stay")(response);
        },
      ],
    });
    const caller = new AbortController();
    const events = api.client({ transport }).events({ signal: caller.signal });

    await events.next();
    const next = events.next();
    caller.abort("enough");

    await expect(next).rejects.toBe("enough");
    await eventually(() => closed);
    expect(api.apiRequests).toHaveLength(1);
  }
});

test("closes the connection when the loop ends", async () => {
  let closed = false;
  await using api = await startContactsApi({
    answers: [
      (response) => {
        response.on("close", () => {
          closed = true;
        });
        stream(block(1), "stay")(response);
      },
    ],
  });

  await take(api.client().events(), 1);

  await eventually(() => closed);
});

test("cancels the body of a server in memory", async () => {
  let cancelled = false;
  const transport = fetchTransport(async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(block(1))),
      cancel: () => {
        cancelled = true;
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  await using api = await startContactsApi();
  const caller = new AbortController();
  const events = api.client({ token: "t", transport }).events({ signal: caller.signal });

  await events.next();
  const next = events.next();
  caller.abort("enough");

  await expect(next).rejects.toBe("enough");
  await eventually(() => cancelled);
});

test("ends also where the transport never looks at its signal and the caller gives up between two events", async () => {
  async function* endless() {
    yield new TextEncoder().encode(block(1));
    await new Promise(() => {});
  }
  const transport: Transport = async () => ({
    status: 200,
    headers: { "content-type": "text/event-stream" },
    body: endless(),
  });
  await using api = await startContactsApi();
  const caller = new AbortController();
  const events = api.client({ token: "t", transport }).events({ signal: caller.signal });

  await events.next();
  caller.abort("enough");

  await expect(events.next()).rejects.toBe("enough");
});

test.each([
  ["the server refuses", refusal(403, "missing.scope"), "permission_denied"],
  ["the answer is no stream", { status: 200, json: {} }, "unreadable_answer"],
  ["an event is not JSON", stream("data: what\n\n"), "unreadable_answer"],
  ["an event has no id", stream('data: {"type":"x"}\n\n'), "unreadable_answer"],
  ["an event has no end", stream(`data: ${"x".repeat(1_100_000)}`), "unreadable_answer"],
  ["the server never answers well", { status: 503 }, "api_error"],
])("throws where %s", async (_, answer, code) => {
  await using api = await startContactsApi({ answers: [answer] });

  await expect(api.client().events().next()).rejects.toMatchObject({ code });
});

test("keeps trying once it has been connected, but not after a refusal", async () => {
  const outage = Array.from({ length: 30 }, () => ({ status: 503 }));
  await using api = await startContactsApi({
    answers: [stream(block(1)), ...outage, stream(block(2)), refusal(403, "missing.scope")],
  });
  const events = api.client().events();

  expect([(await events.next()).value?.id, (await events.next()).value?.id]).toEqual(["1", "2"]);
  expect(await failure(events.next())).toMatchObject({ code: "permission_denied" });
});

test("takes no place in the log that cannot stand in a header", async () => {
  await using api = await startContactsApi();

  await expect(api.client().events({ after: "7\r\nx: y" }).next()).rejects.toMatchObject({
    code: "invalid_argument",
  });
  expect(api.requests).toHaveLength(0);
});

test("reads the same events however the bytes are cut and the lines end", async () => {
  const lines = [
    ": hello",
    "id: 1",
    "data: ä",
    "data:€",
    "",
    "",
    "data",
    "",
    "id",
    "data:  two",
    "",
    "id: 3",
    "",
    "nonsense: x",
    "data: lost",
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat({ max: 12 })),
      async (lineEnd, sizes) => {
        const bytes = new TextEncoder().encode(lines.join(lineEnd) + lineEnd);
        const read = await collect(readServerSentEvents(cut(bytes, sizes)));

        expect(read).toEqual([
          { id: "1", data: "ä\n€" },
          { id: "1", data: "" },
          { id: "", data: " two" },
          { id: "3", data: undefined },
        ]);
      },
    ),
  );
});

async function* cut(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

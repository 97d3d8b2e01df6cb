import { OpenMessagingClient, RateLimitError, type Transport, text } from "@quickcard/client";
import { describe, expect, test } from "vitest";
import { RateLimiter } from "../../gateway/src/http/rate-limiter.ts";
import { contactId, sentMessage } from "./fixtures/start-contacts-api.ts";
import { inVirtualTime } from "./fixtures/virtual-time.ts";

const body = new TextEncoder().encode(JSON.stringify(sentMessage));
const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that counts requests as a gateway does, and answers after 20 to 60 ms. */
function limitedServer({ allowed = 300, windowMs = 60_000 } = {}) {
  const limiter = new RateLimiter({ allowed, windowMs, monotonicNow: () => performance.now() });
  const answeredAtMs: number[] = [];
  let refusals = 0;
  const transport: Transport = async () => {
    await delay(10 + Math.random() * 20);
    const window = limiter.take("token");
    await delay(10 + Math.random() * 30);
    const headers = {
      "inin-ratelimit-count": String(window.count),
      "inin-ratelimit-allowed": String(window.allowed),
      "inin-ratelimit-reset": String(window.resetSeconds),
    };
    if (window.exceeded) {
      refusals += 1;
      return { status: 429, headers: { ...headers, "retry-after": String(window.resetSeconds) }, body };
    }
    answeredAtMs.push(performance.now());
    return { status: 201, headers, body };
  };
  return { transport, limiter, answeredAtMs, refusals: () => refusals };
}

function clientOf(transport: Transport, options = {}) {
  return new OpenMessagingClient({ baseUrl: "http://localhost", token: "t", transport, ...options });
}

async function sendAll(
  client: OpenMessagingClient,
  { messages, atOnce }: { messages: number; atOnce: number },
) {
  let left = messages;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await client.messages.send(contactId, text("Hello"));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

describe("a long run", () => {
  test.each([1, 16, 64])(
    "meets no 429 and takes hardly longer than the limit makes it, %i at once",
    async (atOnce) => {
      const server = limitedServer();

      const tookMs = await inVirtualTime(async () => {
        const startedAtMs = performance.now();
        await sendAll(clientOf(server.transport), { messages: 1500, atOnce });
        return performance.now() - startedAtMs;
      });

      expect(server.refusals()).toBe(0);
      expect(server.answeredAtMs).toHaveLength(1500);
      // Five windows of 300: four have to pass, and of the fifth what is left is spread over it.
      expect(tookMs).toBeLessThan(310_000);
    },
  );

  test("without pace meets many", async () => {
    const server = limitedServer();

    await inVirtualTime(() =>
      sendAll(clientOf(server.transport, { pace: false }), { messages: 400, atOnce: 16 }),
    );

    expect(server.refusals()).toBeGreaterThan(10);
  });

  test("makes room for others who use the same token", async () => {
    const server = limitedServer();

    await inVirtualTime(async () => {
      const other = async () => {
        for (let request = 0; request < 100; request += 1) {
          server.limiter.take("token");
          await delay(600);
        }
      };
      await Promise.all([other(), sendAll(clientOf(server.transport), { messages: 400, atOnce: 16 })]);
    });

    // What others do between an answer and the next request cannot be known.
    expect(server.refusals()).toBeLessThan(5);
  });
});

test("a burst passes at once while more than half of the window is left", async () => {
  const server = limitedServer();

  const tookMs = await inVirtualTime(async () => {
    const startedAtMs = performance.now();
    await sendAll(clientOf(server.transport), { messages: 149, atOnce: 16 });
    return performance.now() - startedAtMs;
  });

  expect(tookMs).toBeLessThan(2000);
});

test("a single message does not wait though little is left, where nothing was sent for a while", async () => {
  const server = limitedServer();

  const tookMs = await inVirtualTime(async () => {
    const client = clientOf(server.transport);
    for (let used = 0; used < 280; used += 1) server.limiter.take("token");
    await client.messages.send(contactId, text("Hello"));
    await delay(10_000);
    const startedAtMs = performance.now();
    await client.messages.send(contactId, text("Hello"));
    return performance.now() - startedAtMs;
  });

  // Spread over what is left of the window, its turn would come after seconds.
  expect(tookMs).toBeLessThan(200);
});

test("a call whose turn does not come in time was not sent, and one that is given up leaves the line", async () => {
  const server = limitedServer({ allowed: 10 });

  await inVirtualTime(async () => {
    const client = clientOf(server.transport, { timeoutMs: 5000 });
    for (let used = 0; used < 9; used += 1) server.limiter.take("token");
    await client.messages.send(contactId, text("Hello"));
    const caller = new AbortController();
    const givenUp = client.messages.send(contactId, text("Hello"), { signal: caller.signal });
    const late = client.messages.send(contactId, text("Hello"));
    caller.abort("enough");

    await expect(givenUp).rejects.toBe("enough");
    await expect(late).rejects.toBeInstanceOf(RateLimitError);
    await expect(late).rejects.toMatchObject({ fate: "not_sent" });
  });

  expect(server.answeredAtMs).toHaveLength(1);
});

test("a burst before the first answer holds back what no window may have room for", async () => {
  const server = limitedServer({ allowed: 200 });

  await inVirtualTime(() =>
    sendAll(clientOf(server.transport, { timeoutMs: 300_000 }), { messages: 400, atOnce: 400 }),
  );

  expect(server.refusals()).toBe(0);
  expect(server.answeredAtMs).toHaveLength(400);
});

test("a server that tells of no window is not paced", async () => {
  const client = clientOf(async () => ({ status: 201, headers: {}, body }));

  await sendAll(client, { messages: 1000, atOnce: 500 });
});

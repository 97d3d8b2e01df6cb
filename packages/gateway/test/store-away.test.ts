import type { OutboundMessage } from "@quickcard/client";
import { createClientRegistry, createGateway, StoreUnavailableError } from "@quickcard/gateway";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { api, waitUntil } from "../../../testing/start-gateway.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { Store } from "../src/store/store.ts";

/** A store that can be out of reach for a while. */
function createUnreliableStore(): { store: Store; isAway: boolean } {
  const inner = createMemoryStore();
  const reachable = new Set(["onChange", "close"]);
  const place = {
    isAway: false,
    store: new Proxy(inner, {
      get(target, name: keyof Store & string) {
        if (!place.isAway || reachable.has(name)) return target[name];
        return async () => {
          throw new StoreUnavailableError("The database is away.", "Wait.");
        };
      },
    }),
  };
  return place;
}

let place: ReturnType<typeof createUnreliableStore>;
let gateway: ReturnType<typeof createGateway>;
let token: string;
let contactId: string;

const call = (method: string, path: string, body?: object) =>
  gateway.fetch(
    new Request(new URL(path, "http://gateway.test"), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );

const hello = { type: "message", content: { type: "text", text: "Hello" } };

beforeEach(async () => {
  place = createUnreliableStore();
  gateway = createGateway({
    store: place.store,
    logger: pino({ level: "silent" }),
    rateLimitPerMinute: 1_000_000,
    allowHttpMedia: false,
    deliveryPolicy: { pollMs: 10, restAfterFailureMs: 10 },
    now: Date.now,
    monotonicNow: () => performance.now(),
  });
  const client = await createClientRegistry(place.store, Date.now).create({
    name: "test",
    scopes: ["messages:send", "conversations:read", "conversations:write"],
  });
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: client.clientId,
    client_secret: client.clientSecret ?? "",
  });
  const answer = await gateway.fetch(
    new Request("http://gateway.test/oauth/token", { method: "POST", body: form }),
  );
  token = ((await answer.json()) as { access_token: string }).access_token;
  contactId = ((await (await call("POST", `${api}/contacts`, { channel: "web" })).json()) as { id: string })
    .id;
});
afterEach(() => gateway.close());

test("answers 503 with Retry-After and calls itself not ready while the database is away", async () => {
  place.isAway = true;

  const send = await call("POST", `${api}/contacts/${contactId}/messages`, hello);
  const ready = await call("GET", "/health/ready");
  const live = await call("GET", "/health/live");

  expect(send.status).toBe(503);
  expect(Number(send.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await send.json()).toMatchObject({ code: "service.unavailable" });
  expect([ready.status, await ready.json()]).toEqual([503, { status: "down" }]);
  expect(live.status).toBe(200);
});

test("goes on by itself when the database is back: intake and delivery", async () => {
  place.isAway = true;
  await call("POST", `${api}/contacts/${contactId}/messages`, hello);
  await waitUntil(async () => (await call("GET", "/health/ready")).status === 503);
  place.isAway = false;

  const answer = await call("POST", `${api}/contacts/${contactId}/messages`, hello);
  const { selfUri } = (await answer.json()) as OutboundMessage;

  expect(answer.status).toBe(201);
  expect((await call("GET", "/health/ready")).status).toBe(200);
  await waitUntil(async () => {
    const message = (await (await call("GET", selfUri)).json()) as OutboundMessage;
    return message.status === "sent";
  });
});

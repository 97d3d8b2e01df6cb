import { createClientRegistry, createGateway } from "@quickcard/gateway";
import { DatabaseError } from "pg";
import { pino } from "pino";
import { expect, test } from "vitest";
import { api } from "../../../testing/start-gateway.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import type { Store } from "../src/store/store.ts";

const words = "What nobody but the customer is to read";

/** A store whose database refuses every message, and quotes it as PostgreSQL does. */
function createRefusingStore(): Store {
  const refusal = Object.assign(new DatabaseError("violates check constraint", 0, "error"), {
    code: "23514",
    detail: `Failing row contains (1, ${words}).`,
    where: `SQL statement "insert … '${words}'"`,
  });
  const acceptMessage = async () => {
    throw Object.assign(refusal, { cause: new Error("a trigger failed") });
  };
  return new Proxy(createMemoryStore(), {
    get: (target, name: keyof Store & string) => (name === "acceptMessage" ? acceptMessage : target[name]),
  });
}

test("the log tells an error's kind, code and place, and nothing else that it carries", async () => {
  const lines: string[] = [];
  const store = createRefusingStore();
  const gateway = createGateway({
    store,
    logger: pino({ level: "warn" }, { write: (line) => void lines.push(line) }),
    rateLimitPerMinute: 1000,
    allowHttpMedia: false,
    now: Date.now,
    monotonicNow: () => performance.now(),
  });
  const { clientId, clientSecret = "" } = await createClientRegistry(store, Date.now).create({
    name: "test",
    scopes: ["messages:send", "conversations:write"],
  });
  const post = (path: string, body: URLSearchParams | string, headers: Record<string, string> = {}) =>
    gateway.fetch(new Request(`http://gateway.test${path}`, { method: "POST", body, headers }));
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const { access_token } = await (await post("/oauth/token", new URLSearchParams(form))).json();
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const contact = await (await post(`${api}/contacts`, '{"channel":"web"}', headers)).json();

  const body = JSON.stringify({ type: "message", content: { type: "text", text: words } });
  const answer = await post(`${api}/contacts/${contact.id}/messages`, body, headers);
  await gateway.close();

  expect(answer.status).toBe(500);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    msg: "request failed",
    err: {
      type: "error",
      message: "violates check constraint",
      code: "23514",
      stack: expect.stringContaining("logged-errors.test.ts"),
      cause: { type: "Error", message: "a trigger failed" },
    },
  });
  expect(lines[0]).not.toContain(words);
  expect(lines[0]).not.toContain(access_token);
});

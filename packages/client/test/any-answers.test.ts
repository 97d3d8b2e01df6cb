import { OpenMessagingClient, OpenMessagingError, type Transport, text } from "@quickcard/client";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { contactId, sentMessage } from "./fixtures/start-contacts-api.ts";
import { inVirtualTime, pendingTimers } from "./fixtures/virtual-time.ts";

/** What becomes of one request. */
type Step =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
      readonly retryAfter?: string | undefined;
    }
  | { readonly kind: "failure"; readonly code: string; readonly syscall: string }
  | { readonly kind: "stall" }
  | { readonly kind: "broken body"; readonly status: number };

const good = JSON.stringify(sentMessage);
const statuses = fc.oneof(
  fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504),
  fc.integer({ min: 200, max: 599 }),
);
const bodies = fc.oneof(
  fc.constant(good),
  fc.constantFrom(
    "",
    "{}",
    "null",
    "[]",
    '{"id":7}',
    "<html>",
    good.slice(0, -5),
    '{"code":"idempotency.in.flight"}',
  ),
  fc.string(),
);
const retryAfters = fc.option(fc.constantFrom("0", "1", "30", "86400", "-1", "soon", "1.5"), {
  nil: undefined,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    status: statuses,
    body: bodies,
    retryAfter: retryAfters,
  }),
  fc.record({
    kind: fc.constant("failure" as const),
    code: fc.constantFrom(
      "ECONNREFUSED",
      "ECONNRESET",
      "EPIPE",
      "ENOTFOUND",
      "UND_ERR_SOCKET",
      "CERT_HAS_EXPIRED",
      "?",
    ),
    syscall: fc.constantFrom("connect", "read", "write"),
  }),
  fc.constant({ kind: "stall" as const }),
  fc.record({ kind: fc.constant("broken body" as const), status: statuses }),
);

/** A server that goes by a script and then accepts. It remembers which requests it carried out. */
function scripted(script: readonly Step[]) {
  const requests: { readonly atMs: number; readonly wasApplied: boolean }[] = [];
  const transport: Transport = async ({ signal }) => {
    const now = script[requests.length] ?? { kind: "answer", status: 201, body: good };
    const wasApplied =
      (now.kind === "answer" || now.kind === "broken body") && now.status >= 200 && now.status < 300;
    requests.push({ atMs: performance.now(), wasApplied });
    if (now.kind === "stall") {
      return await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    }
    if (now.kind === "failure")
      throw Object.assign(new Error("network"), { code: now.code, syscall: now.syscall });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const headers =
      now.kind === "answer" && now.retryAfter !== undefined ? { "retry-after": now.retryAfter } : {};
    const body = now.kind === "answer" ? new TextEncoder().encode(now.body) : broken();
    return { status: now.status, headers, body };
  };
  return { transport, requests };
}

async function* broken(): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode('{"id":');
  throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
}

const timeouts = { timeoutMs: 60_000, attemptTimeoutMs: 10_000 };

test("whatever is answered, a send ends in time as sent, failed or unknown, with no more attempts than allowed", async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 12 }),
    fc.integer({ min: 1, max: 6 }),
    fc.boolean(),
    async (script, maxAttempts, hasKey) => {
      const server = scripted(script);
      const client = new OpenMessagingClient({
        baseUrl: "http://localhost",
        token: "t",
        transport: server.transport,
        maxAttempts,
        ...timeouts,
      });
      const startedAtMs = performance.now();
      const outcome = await client.messages
        .send(contactId, text("Hello"), hasKey ? {} : { idempotencyKey: false })
        .then(
          ({ id }) => ({ fate: "sent", id }),
          (error: unknown) => error,
        );

      expect(performance.now() - startedAtMs).toBeLessThanOrEqual(timeouts.timeoutMs);
      expect(server.requests.length).toBeLessThanOrEqual(maxAttempts);
      expect(vi.getTimerCount()).toBe(0);
      const applied = server.requests.filter(({ wasApplied }) => wasApplied).length;
      if (OpenMessagingError.is(outcome)) {
        expect(outcome.attempts).toBe(server.requests.length);
        // Where it was carried out, no error says that it was not.
        if (applied > 0) expect(["applied", "unknown"]).toContain(outcome.fate);
        else expect(outcome.fate).not.toBe("applied");
      } else {
        expect(outcome).toEqual({ fate: "sent", id: sentMessage.id });
        expect(applied).toBeGreaterThan(0);
      }
      // Without a key nothing that may have been done is done again.
      if (!hasKey) expect(applied).toBeLessThanOrEqual(1);
    },
  );

  await inVirtualTime(() => fc.assert(property, { numRuns: 10_000 }));
}, 120_000);

test("ten thousand calls that are given up leave no timer and no listener behind", async () => {
  const transport: Transport = ({ signal }) =>
    new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

  await inVirtualTime(async () => {
    const client = new OpenMessagingClient({ baseUrl: "http://localhost", token: "t", transport });
    const caller = new AbortController();
    const listen = vi.spyOn(caller.signal, "addEventListener");
    const calls = Array.from({ length: 10_000 }, () =>
      client.contacts.get(contactId, { signal: caller.signal }),
    );
    caller.abort("enough");

    const outcomes = await Promise.allSettled(calls);

    expect(new Set(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason))).toEqual(
      new Set(["enough"]),
    );
    expect(pendingTimers()).toBe(0);
    expect(listen.mock.calls.length).toBeLessThanOrEqual(1);
  });
});

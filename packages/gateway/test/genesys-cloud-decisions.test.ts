import { ApiError, AuthenticationError, ConnectionError, RateLimitError } from "@quickcard/client";
import type { Participant } from "@quickcard/client/genesys-cloud";
import { describe, expect, test } from "vitest";
import { conversationPhase } from "../src/genesys-cloud/conversation-phase.ts";
import { integrationOf } from "../src/genesys-cloud/integrations.ts";
import { defaultLinkPolicy as policy } from "../src/genesys-cloud/link-policy.ts";
import { checkIntegrations } from "../src/genesys-cloud/link-settings.ts";
import { remoteMessageId } from "../src/genesys-cloud/remote-message-id.ts";
import { decideOnFailure } from "../src/genesys-cloud/telling/decide-on-failure.ts";
import { receiptOf } from "../src/genesys-cloud/telling/receipt-of.ts";

const facts = { message: "It failed.", fix: "Mend it." };
const decide = (error: unknown, attempt = 1, ageMs = 0) =>
  decideOnFailure(error, { attempt, ageMs, policy, random: () => 0.5 });

describe("after a request to Genesys Cloud that failed", () => {
  test("what may have been carried out is looked for when it must have shown, however often", () => {
    const error = new ConnectionError({ ...facts, fate: "unknown" });

    expect(decide(error)).toMatchObject({ kind: "retry", afterMs: policy.settleMs });
    expect(decide(error, 100)).toMatchObject({ kind: "retry", afterMs: policy.settleMs });
    expect(policy.settleMs).toBeGreaterThanOrEqual(2 * policy.requestTimeoutMs);
  });

  test("what was carried out is done, whatever the answer", () => {
    expect(decide(new ApiError({ ...facts, fate: "applied", status: 200 })).kind).toBe("taken");
  });

  test("a spent quota pauses everybody, and never gives a message up", () => {
    const error = new RateLimitError({
      ...facts,
      fate: "not_applied",
      status: 429,
      retryAfterMs: 42_000,
      retryable: true,
    });

    const old = 30 * 24 * 3_600_000;
    const decision = decide(error, 1000, old);
    expect(decision).toMatchObject({ kind: "retry", pauseMs: 42_000 });
    expect("afterMs" in decision && decision.afterMs).toBeGreaterThanOrEqual(42_000);
  });

  test("what somebody can mend is tried until it is mended", () => {
    const error = new AuthenticationError({ ...facts, fate: "not_applied", status: 401 });

    expect(decide(error, 1000)).toMatchObject({ kind: "retry", pauseMs: policy.refusedPauseMs });
  });

  test("what is refused for what it is, is passed over with the reason", () => {
    const error = new ApiError({ ...facts, fate: "not_applied", status: 400 });

    expect(decide(error)).toMatchObject({ kind: "passed-over", reason: expect.stringContaining("Mend it.") });
  });

  test("what failed often in a short time waits no longer than it has waited", () => {
    const error = new ConnectionError({ ...facts, fate: "not_sent", retryable: true });
    const minute = 60_000;

    expect(decide(error, 6, 2 * minute)).toMatchObject({ kind: "retry", afterMs: 2 * minute });
    expect(decide(error, 6, 60 * minute)).toMatchObject({ kind: "retry", afterMs: 15 * minute });
    expect(decide(error, 6, 0)).toMatchObject({ kind: "retry", afterMs: 1000 });
  });

  test("a platform that cannot be reached is tried for two days", () => {
    const error = new ConnectionError({ ...facts, fate: "not_sent", retryable: true });
    const twoDays = 2 * 24 * 3_600_000;

    expect(decide(error, 1000, twoDays)).toMatchObject({ kind: "retry" });
    expect(decide(error, 2, twoDays + 1)).toMatchObject({ kind: "passed-over" });
  });
});

describe("a receipt", () => {
  const of = (status: Parameters<typeof receiptOf>[0]["status"]) =>
    receiptOf({ remoteId: "r1", contactId: "c1", status, reason: "The channel answered 400.", at: 0 });

  test("tells delivered as Delivered, and what the customer will not see as Failed with the reason", () => {
    expect(of("delivered")).toEqual({
      id: "r1",
      channel: { to: { id: "c1", idType: "Opaque" }, time: "1970-01-01T00:00:00.000Z" },
      status: "Delivered",
      isFinalReceipt: true,
    });
    expect(of("failed")).toMatchObject({
      status: "Failed",
      reasons: [{ code: "GeneralError", message: "The channel answered 400." }],
    });
    expect(of("expired")).toMatchObject({ reasons: [{ code: "MessageExpired" }] });
    expect(of("unknown")).toMatchObject({ status: "Failed" });
  });

  test("is not sent for what is on its way", () => {
    for (const status of ["queued", "sending", "sent", "retry_wait", "ambiguous", "reconciling"] as const) {
      expect(of(status)).toBeUndefined();
    }
  });
});

describe("a conversation of Genesys Cloud is", () => {
  const one = (
    purpose: string,
    state: "alerting" | "connected" | "parked" | "disconnected",
    endTime?: string,
  ): Participant => ({ purpose, messages: [{ state }], ...(endTime ? { endTime } : {}) });
  const phase = (participants: Participant[], endTime?: string) =>
    conversationPhase({ startTime: "t", participants, ...(endTime ? { endTime } : {}) });
  const customer = one("customer", "connected");

  test.each([
    ["active with a flow", [customer, one("workflow", "connected")], "active"],
    ["queued while the only agent is rung", [customer, one("agent", "alerting")], "queued"],
    ["queued while it waits for an agent", [customer, one("acd", "connected")], "queued"],
    [
      "queued while an agent is rung",
      [customer, one("acd", "connected"), one("agent", "alerting")],
      "queued",
    ],
    ["active with an agent", [customer, one("acd", "disconnected"), one("agent", "connected")], "active"],
    [
      "active where an agent takes it from a queue",
      [customer, one("acd", "connected"), one("agent", "connected")],
      "active",
    ],
    [
      "queued again after a hand-over",
      [customer, one("agent", "disconnected"), one("acd", "connected")],
      "queued",
    ],
    [
      "closed when the customer's side is",
      [one("customer", "disconnected"), one("agent", "disconnected")],
      "closed",
    ],
    ["active where nobody else is there yet", [customer], "active"],
  ] as const)("%s", (_, participants, expected) => {
    expect(phase([...participants])).toBe(expected);
  });

  test("closed when it has an end, whoever is in it", () => {
    expect(phase([customer], "2026-01-01T00:00:00Z")).toBe("closed");
  });
});

describe("integrations", () => {
  const secret = "0123456789abcdef-test-secret";
  const one = { id: "one", webhookSecrets: [secret] };

  test("have their channels, and one may have all others", () => {
    const web = { ...one, id: "web", channels: ["web" as const] };

    expect(integrationOf([one, web], "web")).toBe(web);
    expect(integrationOf([one], "web")).toBe(one);
    expect(integrationOf([{ ...one, channels: [] }], "web")).toBeUndefined();
  });

  test.each([
    ["none", [], /No integration/],
    ["a short secret", [{ id: "one", webhookSecrets: ["short"] }], /too short/],
    ["no secret", [{ id: "one", webhookSecrets: [] }], /missing/],
    ["an id that is none", [{ ...one, id: "a/b" }], /cannot be used/],
    ["one twice", [{ ...one, channels: ["web" as const] }, one], /twice/],
    ["two with all channels", [one, { ...one, id: "two" }], /no channels named/],
  ])("%s are refused with the reason", (_, integrations, message) => {
    expect(() => checkIntegrations(integrations)).toThrow(message);
  });
});

test("a part of a message of Genesys Cloud has one id here, and no other part has it", () => {
  const id = remoteMessageId("i", "m", 0);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(remoteMessageId("i", "m", 0)).toBe(id);
  expect(new Set([id, remoteMessageId("i", "m", 1), remoteMessageId("j", "m", 0)]).size).toBe(3);
});

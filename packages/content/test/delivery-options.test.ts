import { validateMessage } from "@quickcard/content";
import { expect, test } from "vitest";

const check = (delivery: unknown) =>
  validateMessage({ type: "message", content: { type: "text", text: "Hello" }, delivery });

function issuesOf(delivery: unknown): [string, string, string][] {
  const result = check(delivery);
  return result.ok ? [] : result.issues.map(({ pointer, code, message }) => [pointer, code, message]);
}

test.each([
  {},
  { mode: "at-least-once" },
  { sendAt: "2026-11-24T09:00:00Z" },
  { sendAt: "2026-11-24T09:00:00.123456789+05:45", expiresAt: "2026-11-24T10:00:00.5-12:00" },
  { sendAt: "2028-02-29T23:59:59Z", mode: "reconcile" },
  { sendAt: "2026-11-24T10:00:00+02:00", expiresAt: "2026-11-24T08:00:01Z" },
])("%j is taken", (delivery) => {
  expect(check(delivery)).toEqual({
    ok: true,
    message: { type: "message", content: { type: "text", text: "Hello" }, delivery },
  });
});

test.each([
  "2026-11-24",
  "2026-11-24T09:00Z",
  "2026-11-24T09:00:00",
  "2026-11-24 09:00:00Z",
  "2026-11-24T09:00:00z",
  "2026-11-24T24:00:00Z",
  "2026-11-24T09:00:60Z",
  "2026-13-01T00:00:00Z",
  "2026-11-24T09:00:00+0100",
  "+012026-11-24T09:00:00Z",
  "tomorrow",
])("%s is no instant", (sendAt) => {
  expect(issuesOf({ sendAt })).toEqual([
    ["/delivery/sendAt", "invalid.value", '"sendAt" is not an instant of ISO 8601'],
  ]);
});

test.each(["2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2100-02-29T00:00:00Z"])(
  "%s is on no day of the calendar",
  (expiresAt) => {
    expect(issuesOf({ expiresAt })).toEqual([
      ["/delivery/expiresAt", "invalid.value", '"expiresAt" is on a day that its month does not have'],
    ]);
  },
);

test("a message cannot expire before it is sent", () => {
  expect(issuesOf({ sendAt: "2026-11-24T09:00:00Z", expiresAt: "2026-11-24T10:00:00+01:00" })).toEqual([
    ["/delivery/expiresAt", "invalid.value", '"expiresAt" is not after "sendAt"'],
  ]);
});

test("every mistake is named, and the nearest mode", () => {
  expect(issuesOf({ mode: "at_least_once", sentAt: "2026-11-24T09:00:00Z", expiresAt: 7 })).toEqual([
    [
      "/delivery/mode",
      "invalid.value",
      'Invalid delivery mode "at_least_once" (did you mean "at-least-once"?): allowed are "reconcile", "at-least-once" and "at-most-once"',
    ],
    ["/delivery/expiresAt", "invalid.value", '"expiresAt" is a number, not a string'],
    ["/delivery/sentAt", "bad.request", 'Unknown field "sentAt"'],
  ]);
  expect(issuesOf("now")).toEqual([["/delivery", "invalid.value", '"delivery" is a string, not an object']]);
});

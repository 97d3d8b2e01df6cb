import type { Fault } from "../desk-wire.ts";

/** A fault that is wanted often, with one press. */
export interface FaultPreset {
  label: string;
  /** What it shows. */
  hint: string;
  fault: Fault;
}

/** The trouble that integrations meet most. */
export const faultPresets: readonly FaultPreset[] = [
  {
    label: "API down",
    hint: "The next three requests are answered with 503.",
    fault: { on: "request", kind: "status", status: 503, times: 3 },
  },
  {
    label: "Too many requests",
    hint: "The next request is answered with 429: try again after 3 seconds.",
    fault: { on: "request", kind: "status", status: 429, retryAfterSeconds: 3, times: 1 },
  },
  {
    label: "Lost answer",
    hint: "The next request is carried out, and its answer is lost.",
    fault: { on: "request", kind: "drop", when: "after", times: 1 },
  },
  {
    label: "Token expired",
    hint: "The token of the next request is no longer good.",
    fault: { on: "request", kind: "expired-token", times: 1 },
  },
  {
    label: "Slow API",
    hint: "Each request takes two seconds more.",
    fault: { on: "request", kind: "latency", ms: 2000 },
  },
  {
    label: "Webhook twice",
    hint: "The next webhook is delivered a second time.",
    fault: { on: "webhook", kind: "duplicate", times: 1 },
  },
  {
    label: "Webhook overtaken",
    hint: "The next webhook comes after the one behind it.",
    fault: { on: "webhook", kind: "reorder", times: 1 },
  },
  {
    label: "Wrong signature",
    hint: "The next webhook is signed with another secret.",
    fault: { on: "webhook", kind: "bad-signature", times: 1 },
  },
];

/** What can go wrong, by where it does. The emulator checks what is asked of it. */
export const faultKinds: Record<Fault["on"], Record<string, string>> = {
  request: {
    status: "Answer with a status",
    latency: "Take longer",
    drop: "Drop the connection",
    "expired-token": "Expire the token",
  },
  webhook: {
    status: "Be answered with a status",
    latency: "Come later",
    drop: "Get lost",
    duplicate: "Come twice",
    reorder: "Be overtaken by the next",
    "bad-signature": "Carry a wrong signature",
  },
};

/** A fault on the dial, in words. */
export function faultLabel({ on, kind, status, ms, times, probability, when }: Fault): string {
  const what = [
    faultKinds[on][kind] ?? kind,
    status,
    ms === undefined ? "" : `${ms} ms`,
    when === "after" ? "after it was carried out" : "",
  ];
  const often = [
    times === undefined ? "each time" : times === 1 ? "once" : `${times} times`,
    probability === undefined ? "" : `by chance of ${Math.round(probability * 100)} %`,
  ];
  return `${on === "request" ? "API" : "Webhooks"}: ${what.filter(Boolean).join(" ").toLowerCase()}, ${often.filter(Boolean).join(", ")}`;
}

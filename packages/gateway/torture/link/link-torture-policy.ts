import type { FaultDial } from "@quickcard/emulator";
import type { LinkPolicy } from "#gateway/genesys-cloud/link-policy.ts";
import type { NotificationPolicy } from "#gateway/subscriptions/notification-policy.ts";

/** The shipped link's times, divided, so that a run takes minutes and not hours. */
export const linkTorturePolicy = {
  requestTimeoutMs: 500,
  settleMs: 1100,
  retryWaitsMs: [100, 300, 1000],
  refusedPauseMs: 1000,
  activeCheckMs: 1000,
  idleCheckMs: 5000,
  checkLeaseMs: 2000,
  pollMs: 100,
  requestsPerMinute: 1_000_000_000,
} satisfies Partial<LinkPolicy>;

/**
 * What a gateway that died was telling is taken up by the next after the lease: longer than what is told may take, and
 * then to show.
 */
export const notificationTorturePolicy = {
  requestTimeoutMs: 1500,
  leaseMs: 3000,
  leaseMarginMs: 500,
  pollMs: 200,
  restAfterFailureMs: 200,
} satisfies Partial<NotificationPolicy>;

/** The platform tries long enough for every restart. */
export const webhookTorturePolicy = { retryDelayMs: 200, retries: 1000, timeoutMs: 3000 };

/** About every tenth request and every tenth webhook meets one of these. */
export function setLinkFaults(faults: FaultDial): void {
  faults.add({ on: "request", kind: "drop", when: "after", probability: 0.03 });
  faults.add({ on: "request", kind: "drop", probability: 0.02 });
  faults.add({ on: "request", kind: "status", status: 500, when: "after", probability: 0.03 });
  faults.add({ on: "request", kind: "status", status: 429, retryAfterSeconds: 1, probability: 0.01 });
  faults.add({ on: "request", kind: "expired-token", probability: 0.01 });
  faults.add({ on: "webhook", kind: "drop", when: "after", probability: 0.03 });
  faults.add({ on: "webhook", kind: "drop", probability: 0.03 });
  faults.add({ on: "webhook", kind: "duplicate", probability: 0.04 });
}

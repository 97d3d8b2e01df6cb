import type { ChannelTraits } from "#gateway/channels/channel.ts";
import type { DeliveryPolicy } from "#gateway/delivery/delivery-policy.ts";

/** The policy of a gateway under torture: the shipped one's times, divided, so that a run takes minutes and not hours. */
export const torturePolicy = {
  retryBaseMs: 100,
  retryCapMs: 2000,
  leaseMs: 3000,
  leaseMarginMs: 300,
  searchBaseMs: 300,
  searchCapMs: 2000,
  searchDeadlineMs: 120_000,
  maxInFlight: 64,
  pollMs: 500,
  restAfterFailureMs: 200,
} satisfies Partial<DeliveryPolicy>;

/** What the gateway knows of the upstream stand-in. */
export const tortureTraits: ChannelTraits = {
  repeat: "unsafe",
  evidence: true,
  requestTimeoutMs: 1000,
  settleMs: 2500,
};

/**
 * When, counted from the request, the stand-in applies what it never answers, and how far its read-back lags. Together
 * they are less than the settling time, which is all that the promise asks of an upstream: a gateway that is killed
 * right after a request has no more than that before it looks.
 */
export const tortureLateness = { lateMs: [1000, 1800], readBackLagMs: 400 } as const;

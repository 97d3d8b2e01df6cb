import type { ChannelAdapter } from "../channels/channel.ts";
import { OptionError } from "../gateway-error.ts";

/** Every number by which delivery is steered. Durations in milliseconds. */
export interface DeliveryPolicy {
  /** The first wait before a message is tried again; doubled each time, up to the cap. */
  retryBaseMs: number;
  retryCapMs: number;
  /** How many attempts a message has before it fails. */
  maxAttempts: number;
  /** How long a claim on a lane holds. Longer than any request, so that a claim that ended means a request that ended. */
  leaseMs: number;
  /** The least time of a claim that must be left when a request begins. */
  leaseMarginMs: number;
  /** The wait between two searches for evidence of an ambiguous message; doubled each time, up to the cap. */
  searchBaseMs: number;
  searchCapMs: number;
  /** For how long evidence is searched before a message is called unknown. */
  searchDeadlineMs: number;
  /** How many lanes a process works on at once. */
  maxInFlight: number;
  /** How often work is looked for when nothing wakes the worker. */
  pollMs: number;
  /** The rest after the store failed. */
  restAfterFailureMs: number;
}

export const defaultDeliveryPolicy: DeliveryPolicy = {
  retryBaseMs: 1000,
  retryCapMs: 5 * 60_000,
  maxAttempts: 50,
  leaseMs: 60_000,
  leaseMarginMs: 5000,
  searchBaseMs: 2000,
  searchCapMs: 60_000,
  searchDeadlineMs: 10 * 60_000,
  maxInFlight: 256,
  pollMs: 1000,
  restAfterFailureMs: 1000,
};

/** The wait after the nth attempt (from 1): exponential with full jitter, so that many do not come back at once. */
export function backoffMs(base: number, cap: number, n: number, random: () => number): number {
  return Math.round(random() * Math.min(cap, base * 2 ** Math.min(n - 1, 30)));
}

/**
 * The policy that delivery over these channels is steered by.
 *
 * @throws OptionError where a claim would end before a request could: nothing would ever be sent.
 */
export function deliveryPolicyFor(
  channels: readonly ChannelAdapter[],
  steered: Partial<DeliveryPolicy> = {},
): DeliveryPolicy {
  const policy = { ...defaultDeliveryPolicy, ...steered };
  for (const { name, traits } of channels) {
    const least = traits.requestTimeoutMs + policy.leaseMarginMs;
    if (policy.leaseMs > least) continue;
    throw new OptionError(
      `deliveryPolicy.leaseMs is ${policy.leaseMs}, but a request of the channel "${name}" may take ${traits.requestTimeoutMs} ms.`,
      `Allow more than ${least} ms: the request's time and deliveryPolicy.leaseMarginMs.`,
    );
  }
  return policy;
}

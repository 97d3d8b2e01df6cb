import type { OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";

/** How long one who types is shown so where Genesys Cloud does not say, and at most. */
const usualMs = 5_000;
const mostMs = 30_000;

/** For how long an agent is to be shown typing, where that is what a webhook tells. */
export function agentTypingMs({
  type,
  direction,
  events,
}: OpenOutboundNormalizedMessage): number | undefined {
  if (type !== "Event" || direction === "Inbound") return undefined;
  const event = Array.isArray(events) ? events.find(({ eventType }) => eventType === "Typing") : undefined;
  if (event === undefined) return undefined;
  const { duration } = event.typing ?? {};
  return typeof duration === "number" && duration > 0 ? Math.min(duration, mostMs) : usualMs;
}

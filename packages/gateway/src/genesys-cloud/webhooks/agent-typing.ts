import type { OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import type { Store } from "../../store/store.ts";
import { type CustomerLookup, isCustomerOf } from "../integrations.ts";

/** How long one who types is shown so where Genesys Cloud does not say, and at most. */
const usualMs = 5_000;
const mostMs = 30_000;

/** What showing it stands on. */
export interface AgentTypingOptions extends CustomerLookup {
  store: CustomerLookup["store"] & Pick<Store, "findContact">;
  /** Told of an agent who types. */
  onTyping: (contactId: string, durationMs: number) => void;
  onError: (error: unknown, what: string) => void;
}

/** Shows a customer that an agent types, where that is what a webhook tells. It never rejects: a typing that is lost is no loss. */
export async function showAgentTyping(
  { onTyping, onError, ...lookup }: AgentTypingOptions,
  integrationId: string,
  message: OpenOutboundNormalizedMessage,
): Promise<void> {
  try {
    const durationMs = agentTypingMs(message);
    if (durationMs === undefined) return;
    const contact = await lookup.store.findContact(message.channel.to.id);
    if (contact && (await isCustomerOf(lookup, contact, integrationId))) onTyping(contact.id, durationMs);
  } catch (error) {
    onError(error, "a customer is not shown that an agent types");
  }
}

/** For how long an agent is to be shown typing. */
function agentTypingMs({ type, direction, events }: OpenOutboundNormalizedMessage): number | undefined {
  if (type !== "Event" || direction === "Inbound") return undefined;
  const event = Array.isArray(events) ? events.find(({ eventType }) => eventType === "Typing") : undefined;
  if (event === undefined) return undefined;
  const { duration } = event.typing ?? {};
  return typeof duration === "number" && duration > 0 ? Math.min(duration, mostMs) : usualMs;
}

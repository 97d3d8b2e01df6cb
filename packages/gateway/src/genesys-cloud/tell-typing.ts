import type { Store } from "../store/store.ts";
import type { Cloud } from "./cloud.ts";
import { integrationOf, type LinkIntegration } from "./integrations.ts";

/** What telling of a typing stands on. */
export interface TellTypingOptions {
  cloud: Pick<Cloud, "openMessaging">;
  store: Pick<Store, "findContact">;
  integrations: readonly LinkIntegration[];
  /** Milliseconds since 1970. */
  now: () => number;
  onError: (error: unknown, what: string) => void;
}

/** Tells that a customer is typing, once: a typing that is lost is no loss. */
export async function tellTyping(
  { cloud, store, integrations, now, onError }: TellTypingOptions,
  contactId: string,
): Promise<void> {
  const contact = await store.findContact(contactId);
  const integration = contact && integrationOf(integrations, contact.channel);
  if (!integration) return;
  const from = { id: contactId, idType: "Opaque" } as const;
  const event = {
    channel: { from, time: new Date(now()).toISOString() },
    events: [{ eventType: "Typing" } as const],
  };
  await cloud.openMessaging.receiveEvent(integration.id, event).catch((error: unknown) => {
    onError(error, "Genesys Cloud was not told that a customer types");
  });
}

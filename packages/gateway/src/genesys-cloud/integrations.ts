import type { Channel } from "@quickcard/content";
import type { ContactRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";

/** An integration of Open Messaging that the gateway is the middleware of. */
export interface LinkIntegration {
  id: string;
  /** What webhooks are signed with; several while a secret is being rotated. */
  webhookSecrets: readonly string[];
  /** The channels whose contacts it has. Absent: all that no other has. */
  channels?: readonly Channel[];
}

/** The integration that has a channel's contacts. */
export function integrationOf(
  integrations: readonly LinkIntegration[],
  channel: Channel,
): LinkIntegration | undefined {
  return (
    integrations.find(({ channels }) => channels?.includes(channel)) ??
    integrations.find(({ channels }) => channels === undefined)
  );
}

/** What tells whose customer a contact is. */
export interface CustomerLookup {
  store: Pick<Store, "findLinkedConversation">;
  integrations: readonly LinkIntegration[];
}

/** Whether an integration has a contact: by its channel now, or by the conversation that an earlier setting gave it. */
export async function isCustomerOf(
  { store, integrations }: CustomerLookup,
  { id, channel }: ContactRecord,
  integrationId: string,
): Promise<boolean> {
  if (integrationOf(integrations, channel)?.id === integrationId) return true;
  return (await store.findLinkedConversation(id))?.integrationId === integrationId;
}

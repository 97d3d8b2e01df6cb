import type { Channel } from "@quickcard/content";

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

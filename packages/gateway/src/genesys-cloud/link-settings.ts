import type { GenesysCloudOptions } from "@quickcard/client/genesys-cloud";
import { OptionError } from "../gateway-error.ts";
import type { MessageTemplate } from "./bots/message-templates.ts";
import type { LinkIntegration } from "./integrations.ts";

/** How the gateway joins an organisation of Genesys Cloud. */
export interface GenesysCloudLinkOptions {
  /** Where the organisation is, and the OAuth client whose role has the permissions. */
  cloud: Pick<
    GenesysCloudOptions,
    "region" | "baseUrl" | "loginUrl" | "clientId" | "clientSecret" | "proxy" | "ca"
  >;
  integrations: readonly LinkIntegration[];
  /** Requests a minute that all gateways together make. Default: 270, of the platform's 300. */
  requestsPerMinute?: number;
  /** What a flow may ask the bot connector for. */
  botConnector?: {
    /** What Genesys Cloud has to send in the header `quickcard-bot-secret`. */
    secret: string;
    templates: readonly MessageTemplate[];
  };
}

/** Longer than this a webhook's secret has to be: `OpenIntegrationRequest` of the platform. */
const secretLongerThan = 15;

/** @throws OptionError */
export function checkIntegrations(integrations: readonly LinkIntegration[]): void {
  if (integrations.length === 0) {
    throw new OptionError(
      "No integration of Genesys Cloud is named.",
      "Name one or more by their ids: --genesys-integration ID.",
    );
  }
  for (const { id, webhookSecrets } of integrations) checkIntegration(id, webhookSecrets);
  const ids = integrations.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    throw new OptionError(
      "An integration of Genesys Cloud is named twice.",
      "Name each once, with all its channels.",
    );
  }
  const claimed: string[] = integrations.flatMap(({ channels }) => [...(channels ?? ["all others"])]);
  const twice = claimed.find((channel, place) => claimed.indexOf(channel) !== place);
  if (twice !== undefined) {
    throw new OptionError(
      `Two integrations of Genesys Cloud have ${twice === "all others" ? "no channels named" : `the channel ${twice}`}.`,
      "Name for each integration the channels that are its own; one may have none, and has all others.",
    );
  }
}

function checkIntegration(id: string, secrets: readonly string[]): void {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(id)) {
    throw new OptionError(
      "The id of an integration of Genesys Cloud cannot be used.",
      "Copy it from the platform: it is a UUID.",
    );
  }
  if (secrets.length === 0 || secrets.some((secret) => secret.length <= secretLongerThan)) {
    throw new OptionError(
      `The webhook secret of the integration ${id} is missing or too short.`,
      "Give the integration's outbound notification webhook signature secret token: 16 characters or more.",
    );
  }
}

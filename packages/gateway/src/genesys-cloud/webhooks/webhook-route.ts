import { ApiError } from "../../http/api-error.ts";
import { readBody } from "../../http/read-body.ts";
import { type AnyRoute, defineRoute, json } from "../../http/route.ts";
import { type HubSignatureResult, verifyHubSignature } from "../../signatures/hub-signature.ts";
import type { LinkIntegration } from "../integrations.ts";

/** What the route stands on. */
export interface WebhookRouteOptions {
  integrations: readonly LinkIntegration[];
  /** Keeps a webhook for good. */
  keep: (integrationId: string, body: string) => Promise<void>;
}

/** The path of the `outboundNotificationWebhookUrl` of every integration. */
const webhookPath = "/genesys-cloud/webhook";

/** Signed with by nobody: an integration that is not here is refused as a wrong signature is. */
const nobodysSecret = "an integration that nobody has told us of";

/** Where Genesys Cloud posts what agents, bots and flows say to customers. */
export function webhookRoute({ integrations, keep }: WebhookRouteOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: webhookPath,
    operationId: "takeGenesysCloudWebhook",
    summary: "What Genesys Cloud says to customers",
    answers: { 200: { description: "It is kept." } },
    async handle({ raw }) {
      const bytes = await readBody(raw);
      const body = new TextDecoder().decode(bytes);
      const integration = integrations.find(({ id }) => id === claimedIntegration(body));
      const secrets = integration?.webhookSecrets ?? [nobodysSecret];
      requireSignature(bytes, raw.headers.get("x-hub-signature-256"), secrets);
      if (integration) await keep(integration.id, body);
      return json(200, {});
    },
  });
}

/** Whose webhook it says it is; its signature has to prove it. */
function claimedIntegration(body: string): unknown {
  try {
    return (JSON.parse(body) as { channel?: { id?: unknown } } | null)?.channel?.id;
  } catch {
    return undefined;
  }
}

/** @throws ApiError `bad.credentials` that says which mistake was made. */
function requireSignature(bytes: Uint8Array, header: string | null, secrets: readonly string[]): void {
  let last: HubSignatureResult | undefined;
  for (const secret of secrets) {
    last = verifyHubSignature(bytes, header, secret);
    if (last.ok) return;
  }
  throw new ApiError("bad.credentials", last && !last.ok ? last.message : "There is no secret.");
}

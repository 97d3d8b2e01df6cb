import { ApiError } from "../http/api-error.ts";
import { decodeUtf8, readBody } from "../http/read-body.ts";
import { type AnyRoute, defineRoute, json } from "../http/route.ts";
import { type HubSignatureResult, verifyHubSignature } from "../signatures/hub-signature.ts";
import type { LinkIntegration } from "./integrations.ts";

/** What the route stands on. */
export interface WebhookRouteOptions {
  integrations: readonly LinkIntegration[];
  /** Keeps a webhook for good. */
  keep: (integrationId: string, body: string) => Promise<void>;
}

/** Signed with by nobody: an integration that is not here is refused as a wrong signature is. */
const nobodysSecret = "an integration that nobody has told us of";

/** Where Genesys Cloud posts what agents, bots and flows say: the `outboundNotificationWebhookUrl` of an integration. */
export function webhookRoute({ integrations, keep }: WebhookRouteOptions): AnyRoute {
  return defineRoute<undefined, undefined>({
    method: "POST",
    path: "/genesys-cloud/integrations/{integrationId}/webhook",
    operationId: "takeGenesysCloudWebhook",
    summary: "What Genesys Cloud says to customers",
    answers: { 200: { description: "It is kept." } },
    async handle({ params, raw }) {
      const integration = integrations.find(({ id }) => id === params.integrationId);
      const bytes = await readBody(raw);
      const header = raw.headers.get("x-hub-signature-256");
      requireSignature(bytes, header, integration?.webhookSecrets ?? [nobodysSecret]);
      await keep(integration?.id ?? "", decodeUtf8(bytes));
      return json(200, {});
    },
  });
}

/** @throws ApiError `bad.credentials` that says which mistake was made. */
function requireSignature(bytes: Uint8Array, header: string | null, secrets: readonly string[]): void {
  let worst: HubSignatureResult = { ok: false, fault: "no-secret", message: "There is no secret." };
  for (const secret of secrets) {
    worst = verifyHubSignature(bytes, header, secret);
    if (worst.ok) return;
  }
  if (!worst.ok) throw new ApiError("bad.credentials", worst.message);
}

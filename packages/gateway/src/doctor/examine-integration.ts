import type { OpenIntegration } from "@quickcard/client/genesys-cloud";
import type { LinkIntegration } from "../genesys-cloud/integrations.ts";
import { type Finding, failed, ok } from "./finding.ts";

/** Compares an integration with what the gateway was told of it. */
export function examineIntegration(
  { id, webhookSecrets }: LinkIntegration,
  found: OpenIntegration,
  publicUrl: string | undefined,
): Finding {
  const {
    createStatus,
    outboundNotificationWebhookUrl: url,
    outboundNotificationWebhookSignatureSecretToken: token,
  } = found;
  if (createStatus !== undefined && createStatus !== "Completed") {
    return failed(
      "integration",
      `The integration ${id} is not made yet: ${createStatus}${found.createError?.code ? ` (${found.createError.code})` : ""}.`,
      "Wait for it; where it says Error, remove it and make it anew.",
    );
  }
  const wanted = publicUrl && new URL("/genesys-cloud/webhook", publicUrl).href;
  if (wanted && url !== wanted) {
    return failed(
      "integration",
      `Its webhook goes to ${url}.`,
      `Set its outbound notification webhook URL to ${wanted}.`,
    );
  }
  if (token && !webhookSecrets.includes(token)) {
    return failed(
      "integration",
      mistakeOf(token, webhookSecrets),
      "Give the gateway the secret as the integration has it.",
    );
  }
  return ok("integration", `The integration ${id} (${found.name}) is ready.`);
}

/** Which mistake was made with a secret, without showing either. */
function mistakeOf(token: string, secrets: readonly string[]): string {
  if (secrets.some((secret) => secret.trim() === token.trim())) {
    return "The gateway's webhook secret differs from the integration's by white space.";
  }
  if (secrets.some((secret) => secret.toLowerCase() === token.toLowerCase())) {
    return "The gateway's webhook secret differs from the integration's by upper and lower case.";
  }
  return "The gateway's webhook secret is not the integration's.";
}

import type { Dispatcher } from "undici";
import type { Fault } from "../faults/fault.ts";
import { struckBy } from "../faults/fault-dial.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord, WebhookRecord } from "../organisation/records.ts";
import type { WireLog } from "../wire-log/wire-log.ts";
import { signatureHeader, signBody } from "./hub-signature.ts";
import { type CallResult, call } from "./send-webhook.ts";
import type { WebhookPolicy } from "./webhook-policy.ts";

/** What one delivery needs. */
export interface DeliveryParts {
  organisation: Organisation;
  wireLog: WireLog;
  policy: WebhookPolicy;
  dispatcher: Dispatcher;
}

/** Calls the integration once, as faults will have it, and logs it. Returns the status that counts; nothing: no answer. */
export async function deliverWebhook(
  { organisation, wireLog, policy, dispatcher }: DeliveryParts,
  integration: IntegrationRecord,
  webhook: WebhookRecord,
  struck: readonly Fault[],
): Promise<number | undefined> {
  const { clock } = organisation;
  const latencyMs = struckBy(struck, "latency")?.ms;
  if (latencyMs !== undefined) await new Promise<void>((resolve) => void clock.schedule(latencyMs, resolve));
  const isForged = struckBy(struck, "bad-signature") !== undefined;
  const signature = signBody(isForged ? "not the secret" : integration.webhookSecret, webhook.body);
  const headers = {
    ...integration.webhookHeaders,
    "Content-Type": "application/json",
    [signatureHeader]: signature,
  };
  const at = organisation.timestamp();
  const url = integration.webhookUrl;
  const early = struckBy(struck, "status")?.status;
  const isLost = struckBy(struck, "drop") !== undefined;
  const result: CallResult =
    early !== undefined || isLost
      ? { durationMs: 0, ...(early === undefined ? { failure: "lost on purpose" } : { status: early }) }
      : await call(dispatcher, clock, {
          method: "POST",
          url,
          headers,
          body: webhook.body,
          timeoutMs: policy.timeoutMs,
        });
  const status = struckBy(struck, "status", "after")?.status ?? result.status;
  const isAnswerLost = struckBy(struck, "drop", "after") !== undefined;
  wireLog.add({
    kind: "webhook",
    at,
    method: "POST",
    url,
    requestHeaders: headers,
    requestBody: webhook.body,
    durationMs: result.durationMs,
    ...(result.headers === undefined ? {} : { responseHeaders: result.headers }),
    ...(result.body === undefined ? {} : { responseBody: result.body }),
    ...(status === undefined || isAnswerLost ? {} : { status }),
    ...(isAnswerLost ? { failure: "the answer was lost on purpose" } : {}),
    ...(result.failure === undefined ? {} : { failure: result.failure }),
    isSignatureRight: !isForged,
    attempt: webhook.attempts + 1,
    ...(struck.length === 0 ? {} : { faults: struck.map(({ kind }) => kind) }),
    integrationId: integration.id,
    conversationId: webhook.conversationId,
  });
  return isAnswerLost ? undefined : status;
}

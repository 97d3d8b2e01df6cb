import type { Dispatcher } from "undici";
import type { Fault } from "../faults/fault.ts";
import { struckBy } from "../faults/fault-dial.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord, WebhookRecord } from "../organisation/records.ts";
import type { WireLog } from "../wire-log/wire-log.ts";
import { signatureHeader, signBody } from "./hub-signature.ts";
import { type CallResult, call, type OutgoingCall } from "./send-webhook.ts";
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
  parts: DeliveryParts,
  integration: IntegrationRecord,
  webhook: WebhookRecord,
  struck: readonly Fault[],
): Promise<number | undefined> {
  const { clock, timestamp } = parts.organisation;
  const latencyMs = struckBy(struck, "latency")?.ms;
  if (latencyMs !== undefined) await new Promise<void>((resolve) => void clock.schedule(latencyMs, resolve));
  const isSignatureRight = struckBy(struck, "bad-signature") === undefined;
  const requestHeaders = {
    ...integration.webhookHeaders,
    "Content-Type": "application/json",
    [signatureHeader]: signBody(
      isSignatureRight ? integration.webhookSecret : "not the secret",
      webhook.body,
    ),
  };
  const at = timestamp();
  const url = integration.webhookUrl;
  const result = await callUnlessStruck(parts, struck, { url, headers: requestHeaders, body: webhook.body });
  const { status, failure, durationMs, headers: responseHeaders, body: responseBody } = result;
  parts.wireLog.add({
    kind: "webhook",
    at,
    method: "POST",
    url,
    requestHeaders,
    requestBody: webhook.body,
    durationMs,
    ...(responseHeaders === undefined ? {} : { responseHeaders }),
    ...(responseBody === undefined ? {} : { responseBody }),
    ...(status === undefined ? {} : { status }),
    ...(failure === undefined ? {} : { failure }),
    isSignatureRight,
    attempt: webhook.attempts + 1,
    ...(struck.length === 0 ? {} : { faults: struck.map(({ kind }) => kind) }),
    integrationId: integration.id,
    conversationId: webhook.conversationId,
  });
  return status;
}

/** What comes of a call where faults may answer in the integration's place, or lose the call or its answer. */
async function callUnlessStruck(
  { organisation, policy, dispatcher }: DeliveryParts,
  struck: readonly Fault[],
  outgoing: Pick<OutgoingCall, "url" | "headers" | "body">,
): Promise<CallResult> {
  const early = struckBy(struck, "status");
  if (early !== undefined) return { durationMs: 0, status: early.status };
  if (struckBy(struck, "drop") !== undefined) return { durationMs: 0, failure: "lost on purpose" };
  const { timeoutMs } = policy;
  const result = await call(dispatcher, organisation.clock, { method: "POST", ...outgoing, timeoutMs });
  if (struckBy(struck, "drop", "after") !== undefined) {
    const { status: _, ...lost } = result;
    return { ...lost, failure: result.failure ?? "the answer was lost on purpose" };
  }
  const late = struckBy(struck, "status", "after");
  return late === undefined ? result : { ...result, status: late.status };
}

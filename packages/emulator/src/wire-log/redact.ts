/** Headers whose values may be read; those of others may be credentials of somebody's making. */
const openHeaders = new Set([
  "accept",
  "accept-encoding",
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "host",
  "inin-correlation-id",
  "inin-ratelimit-allowed",
  "inin-ratelimit-count",
  "inin-ratelimit-reset",
  "keep-alive",
  "location",
  "retry-after",
  "transfer-encoding",
  "user-agent",
  "x-hub-signature-256",
]);

/** What stands where a secret was. */
const hidden = "(hidden)";

/** Headers as they may be shown. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      openHeaders.has(name.toLowerCase()) ? value : hidden,
    ]),
  );
}

const secretText =
  /("(?:access_token|client_secret|outboundNotificationWebhookSignatureSecretToken)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
const secretMap = /("(?:webhookHeaders|uploadHeaders)"\s*:\s*)\{[^{}]*\}/g;
const secretField = /((?:^|&)(?:client_secret|password|refresh_token|assertion)=)[^&]*/g;

/** A body as it may be shown: JSON or a form, without what opens something. */
export function redactBody(body: string): string {
  return body
    .replace(secretText, `$1"${hidden}"`)
    .replace(secretMap, `$1"${hidden}"`)
    .replace(secretField, `$1${hidden}`);
}

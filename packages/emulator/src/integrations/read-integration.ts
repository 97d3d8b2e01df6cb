import { ApiError } from "../http/api-error.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { findMessagingSetting } from "./messaging-settings.ts";
import { findSupportedContent } from "./supported-contents.ts";

type ChangedFields = Partial<IntegrationRecord> & Pick<IntegrationRecord, "name">;

/** Reads what a request sets. @throws ApiError where the platform would not take it. */
export function readIntegration(
  organisation: Organisation,
  body: Wire<"OpenIntegrationUpdateRequest">,
): ChangedFields {
  const {
    name,
    outboundNotificationWebhookUrl: url,
    outboundNotificationWebhookSignatureSecretToken: secret,
    webhookHeaders,
    supportedContent,
    messagingSetting,
  } = body;
  if (name.trim() === "") throw new ApiError("bad.request", "name should NOT be empty");
  if (url !== undefined) checkWebhookUrl(url);
  if (secret !== undefined && secret.length < limits.secretCharacters.value)
    throw new ApiError(
      "bad.request",
      `outboundNotificationWebhookSignatureSecretToken should be longer than ${limits.secretCharacters.value - 1} characters`,
    );
  if (webhookHeaders !== undefined) checkHeaders(webhookHeaders);
  if (supportedContent !== undefined) findSupportedContent(organisation, supportedContent.id);
  if (messagingSetting !== undefined) findMessagingSetting(organisation, messagingSetting.id);
  return {
    name,
    ...(url === undefined ? {} : { webhookUrl: url }),
    ...(secret === undefined ? {} : { webhookSecret: secret }),
    ...(webhookHeaders === undefined ? {} : { webhookHeaders }),
    ...(supportedContent === undefined ? {} : { supportedContentId: supportedContent.id }),
    ...(messagingSetting === undefined ? {} : { messagingSettingId: messagingSetting.id }),
  };
}

const loopbackHosts = ["127.0.0.1", "localhost", "[::1]"];

/** The platform calls public `https:` addresses on port 443 only; the emulator calls this machine too. */
function checkWebhookUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:") return;
  if (url?.protocol === "http:" && loopbackHosts.includes(url.hostname)) return;
  throw new ApiError(
    "bad.request",
    "outboundNotificationWebhookUrl should be an https: URL; the emulator also takes http: on 127.0.0.1, localhost and [::1]",
  );
}

const mostHeaders = 50;

function checkHeaders(headers: Record<string, string>): void {
  const pairs = Object.entries(headers);
  const isRight = ([name, value]: [string, string]) =>
    /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
  if (pairs.length > mostHeaders || !pairs.every(isRight))
    throw new ApiError("bad.request", `webhookHeaders should be at most ${mostHeaders} HTTP headers`);
}

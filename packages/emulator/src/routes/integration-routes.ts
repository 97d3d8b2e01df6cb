import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { defaultMessagingSetting } from "./messaging-setting-routes.ts";
import { pageOf } from "./page.ts";
import { defaultSupportedContent, findSupportedContent } from "./supported-content-routes.ts";

const allPath = "/api/v2/conversations/messaging/integrations";
const path = `${allPath}/open`;

/** Where the recipient of an integration is. */
export const recipientsPath = "/api/v2/routing/message/recipients";

/** Creating, reading, changing and deleting Open Messaging integrations. */
export function integrationRoutes(creationMs: number) {
  return [
    route({
      method: "POST",
      path,
      permissions: { all: ["messaging:integration:add"] },
      body: "OpenIntegrationRequest",
      handle: ({ organisation, body, client }) => ({
        body: present(organisation, createIntegration(organisation, body, client.id, creationMs)),
      }),
    }),
    route({
      method: "GET",
      path,
      permissions: { all: ["messaging:integration:view"] },
      handle: ({ organisation, query }) => {
        const rows = filtered(organisation, query).map((row) => present(organisation, row));
        return { body: pageOf(rows, query, path) };
      },
    }),
    route({
      method: "GET",
      path: allPath,
      permissions: { all: ["messaging:integration:view"] },
      handle: ({ organisation, query }) => {
        const rows = filtered(organisation, query).map((row) => presentOfAnyKind(organisation, row));
        return { body: pageOf(rows, query, allPath) };
      },
    }),
    route({
      method: "GET",
      path: `${path}/{integrationId}`,
      permissions: { all: ["messaging:integration:view"] },
      handle: ({ organisation, params }) => ({
        body: present(organisation, findIntegration(organisation, params.integrationId)),
      }),
    }),
    route({
      method: "PATCH",
      path: `${path}/{integrationId}`,
      permissions: { all: ["messaging:integration:edit"] },
      body: "OpenIntegrationUpdateRequest",
      handle: ({ organisation, params, body }) => {
        const before = findIntegration(organisation, params.integrationId);
        return { body: present(organisation, changeIntegration(organisation, before, body)) };
      },
    }),
    route({
      method: "DELETE",
      path: `${path}/{integrationId}`,
      permissions: { all: ["messaging:integration:delete"] },
      handle: ({ organisation, params }) => {
        organisation.integrations.delete(findIntegration(organisation, params.integrationId).id);
        return {};
      },
    }),
  ];
}

/** The integrations that a listing's query asks for. */
function filtered({ integrations }: Organisation, query: URLSearchParams): IntegrationRecord[] {
  const [supportedContentId, messagingSettingId] = [
    query.get("supportedContentId"),
    query.get("messagingSettingId"),
  ];
  return [...integrations.values()].filter(
    (integration) =>
      (supportedContentId === null || integration.supportedContentId === supportedContentId) &&
      (messagingSettingId === null || integration.messagingSettingId === messagingSettingId),
  );
}

/** An integration of this organisation's. @throws ApiError 404 */
export function findIntegration({ integrations }: Organisation, id: string | undefined): IntegrationRecord {
  const integration = integrations.get(id ?? "");
  if (integration === undefined) throw notFound("integration");
  return integration;
}

/** Stores a new integration, which is completed after a while, as on the platform. */
export function createIntegration(
  organisation: Organisation,
  body: Wire<"OpenIntegrationUpdateRequest">,
  createdBy: string,
  creationMs: number,
): IntegrationRecord {
  const now = organisation.timestamp();
  const integration: IntegrationRecord = {
    webhookUrl: "",
    webhookSecret: "",
    webhookHeaders: {},
    supportedContentId: defaultSupportedContent(organisation).id,
    messagingSettingId: defaultMessagingSetting(organisation)?.id,
    ...readFields(organisation, body),
    id: organisation.chance.uuid(),
    createStatus: creationMs === 0 ? "Completed" : "Initiated",
    createdBy,
    dateCreated: now,
    dateModified: now,
    flowId: undefined,
  };
  organisation.integrations.put(integration.id, integration);
  if (creationMs > 0)
    organisation.clock.schedule(creationMs, () => completeIntegration(organisation, integration.id));
  return integration;
}

/** Changes the integration of a name, or makes one that is complete at once. */
export function putIntegration(
  organisation: Organisation,
  body: Wire<"OpenIntegrationUpdateRequest">,
): IntegrationRecord {
  const before = [...organisation.integrations.values()].find(({ name }) => name === body.name);
  return before
    ? changeIntegration(organisation, before, body)
    : createIntegration(organisation, body, organisation.id, 0);
}

function changeIntegration(
  organisation: Organisation,
  before: IntegrationRecord,
  body: Wire<"OpenIntegrationUpdateRequest">,
): IntegrationRecord {
  const after = { ...before, ...readFields(organisation, body), dateModified: organisation.timestamp() };
  return organisation.integrations.put(after.id, after);
}

/** Finishes the creation of an integration. */
export function completeIntegration({ integrations, tryFlush }: Organisation, id: string): void {
  const integration = integrations.get(id);
  if (integration === undefined) return;
  integrations.put(id, { ...integration, createStatus: "Completed" });
  tryFlush();
}

type ChangedFields = Partial<IntegrationRecord> & Pick<IntegrationRecord, "name">;

/** Reads what a request sets. @throws ApiError where the platform would not take it. */
function readFields(organisation: Organisation, body: Wire<"OpenIntegrationUpdateRequest">): ChangedFields {
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
  if (messagingSetting !== undefined && organisation.messagingSettings.get(messagingSetting.id) === undefined)
    throw notFound("messaging setting");
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

/** `OpenIntegration`, with the secret, as the platform echoes it. */
function present({ messagingSettings }: Organisation, integration: IntegrationRecord) {
  const { id, name, messagingSettingId } = integration;
  const setting = messagingSettings.get(messagingSettingId ?? "");
  return {
    id,
    name,
    supportedContent: { id: integration.supportedContentId },
    ...(setting === undefined ? {} : { messagingSetting: { id: setting.id, name: setting.name } }),
    outboundNotificationWebhookUrl: integration.webhookUrl,
    outboundNotificationWebhookSignatureSecretToken: integration.webhookSecret,
    webhookHeaders: integration.webhookHeaders,
    status: integration.createStatus === "Completed" ? "Active" : "Inactive",
    recipient: { id, selfUri: `${recipientsPath}/${id}` },
    dateCreated: integration.dateCreated,
    dateModified: integration.dateModified,
    createdBy: { id: integration.createdBy },
    modifiedBy: { id: integration.createdBy },
    createStatus: integration.createStatus,
    selfUri: `${path}/${id}`,
  };
}

/** `MessagingIntegration`: what integrations of all kinds have in common. */
function presentOfAnyKind(organisation: Organisation, integration: IntegrationRecord) {
  const {
    outboundNotificationWebhookUrl: _url,
    outboundNotificationWebhookSignatureSecretToken: _secret,
    webhookHeaders: _headers,
    createStatus: _status,
    ...common
  } = present(organisation, integration);
  return { ...common, messengerType: "open", version: 1 };
}

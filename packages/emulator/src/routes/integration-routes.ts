import { route } from "../http/route.ts";
import { changeIntegration, createIntegration } from "../integrations/change-integrations.ts";
import { findIntegration } from "../integrations/find-integration.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";
import { pageOf } from "./page.ts";

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

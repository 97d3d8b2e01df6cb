import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { defaultMessagingSetting } from "./messaging-settings.ts";
import { readIntegration } from "./read-integration.ts";
import { defaultSupportedContent } from "./supported-contents.ts";

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
    ...readIntegration(organisation, body),
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

/** @throws ApiError for what the platform would not take */
export function changeIntegration(
  organisation: Organisation,
  before: IntegrationRecord,
  body: Wire<"OpenIntegrationUpdateRequest">,
): IntegrationRecord {
  const after = { ...before, ...readIntegration(organisation, body), dateModified: organisation.timestamp() };
  return organisation.integrations.put(after.id, after);
}

/** Finishes the creation of an integration. */
export function completeIntegration({ integrations, tryFlush }: Organisation, id: string): void {
  const integration = integrations.get(id);
  if (integration === undefined) return;
  integrations.put(id, { ...integration, createStatus: "Completed" });
  tryFlush();
}

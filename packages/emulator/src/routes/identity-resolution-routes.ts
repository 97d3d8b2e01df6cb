import { route } from "../http/route.ts";
import { findIntegration } from "../integrations/find-integration.ts";
import type { IntegrationRecord } from "../organisation/records.ts";

const path = "/api/v2/conversations/messaging/identityresolution/integrations/open/{integrationId}";

/** Whether an integration's customers are looked up among external contacts. There are none here: the setting is kept, no more. */
export const identityResolutionRoutes = [
  route({
    method: "GET",
    path,
    permissions: { all: ["messaging:integration:view", "messaging:identityResolutionOpen:view"] },
    handle: ({ organisation, params }) => ({
      body: present(findIntegration(organisation, params.integrationId)),
    }),
  }),
  route({
    method: "PUT",
    path,
    permissions: { all: ["messaging:integration:edit", "messaging:identityResolutionOpen:edit"] },
    body: "OpenMessagingIdentityResolutionConfig",
    handle: ({ organisation, params, body }) => {
      const { division, resolveIdentities, externalSource } = body;
      const identityResolution = {
        resolveIdentities,
        ...(division === undefined ? {} : { division }),
        ...(externalSource === undefined ? {} : { externalSource }),
      };
      const integration = findIntegration(organisation, params.integrationId);
      const changed = organisation.integrations.put(integration.id, { ...integration, identityResolution });
      return { body: present(changed) };
    },
  }),
];

function present({ id, identityResolution = { resolveIdentities: false } }: IntegrationRecord) {
  return { ...identityResolution, selfUri: path.replace("{integrationId}", id) };
}

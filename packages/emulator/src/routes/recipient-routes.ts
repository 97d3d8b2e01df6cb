import { route } from "../http/route.ts";
import { findIntegration } from "../integrations/find-integration.ts";
import type { IntegrationRecord } from "../organisation/records.ts";
import { recipientsPath } from "./integration-routes.ts";
import { pageOf } from "./page.ts";

const onePath = `${recipientsPath}/{recipientId}`;
const permissions = { all: ["routing:message:manage"] } as const;

/** Recipients, one for each integration of the same id: which flow answers first. */
export const recipientRoutes = [
  route({
    method: "GET",
    path: recipientsPath,
    permissions,
    handle: ({ organisation, query }) => ({
      body: pageOf([...organisation.integrations.values()].map(present), query, recipientsPath),
    }),
  }),
  route({
    method: "GET",
    path: onePath,
    permissions,
    handle: ({ organisation, params }) => ({
      body: present(findIntegration(organisation, params.recipientId)),
    }),
  }),
  route({
    method: "PUT",
    path: onePath,
    permissions,
    body: "RecipientRequest",
    handle: ({ organisation, params, body }) => {
      const integration = findIntegration(organisation, params.recipientId);
      const changed = { ...integration, flowId: body.flow?.id };
      return { body: present(organisation.integrations.put(integration.id, changed)) };
    },
  }),
];

/** `Recipient` of an integration. */
function present({ id, name, flowId }: IntegrationRecord) {
  return {
    id,
    name,
    messengerType: "open",
    ...(flowId === undefined ? {} : { flow: { id: flowId } }),
    selfUri: `${recipientsPath}/${id}`,
  };
}

import { type FlowRecord, findFlowMistake } from "../bots/flow.ts";
import { ApiError } from "../http/api-error.ts";
import { createIntegration } from "../integrations/change-integrations.ts";
import { findIntegration } from "../integrations/find-integration.ts";
import { storeAgent, storeClient } from "../organisation/furnish.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Permission } from "../organisation/permissions.ts";
import { findFaults } from "../wire/find-faults.ts";
import type { Wire } from "../wire/models.ts";
import { type ControlRoute, readString } from "./control-route.ts";

/** What an administrator does in Genesys Cloud's own pages: clients, agents, flows, integrations. */
export function organisationControls(organisation: Organisation): ControlRoute[] {
  const { flows, integrations } = organisation;
  return [
    {
      method: "GET",
      path: "/emulator",
      summary: "the organisation, its time and its integrations",
      handle: () => ({
        organizationId: organisation.id,
        now: organisation.timestamp(),
        integrations: [...integrations.values()].map(({ id, name, createStatus, flowId }) => ({
          id,
          name,
          createStatus,
          ...(flowId === undefined ? {} : { flowId }),
        })),
      }),
    },
    {
      method: "POST",
      path: "/emulator/clients",
      summary: "make an OAuth client: `name`, `permissions`, `accessTokenValiditySeconds`",
      handle: ({ body }) =>
        storeClient(organisation, {
          ...pick(body, "name"),
          ...pick(body, "accessTokenValiditySeconds"),
          ...(Array.isArray(body.permissions) ? { permissions: body.permissions as Permission[] } : {}),
        }),
    },
    {
      method: "POST",
      path: "/emulator/agents",
      summary: "make an agent: `name`, `autoAnswer`",
      handle: ({ body }) =>
        storeAgent(organisation, { name: readString(body, "name"), autoAnswer: body.autoAnswer === true }),
    },
    {
      method: "POST",
      path: "/emulator/integrations",
      summary: "make an integration that is complete at once, by an `OpenIntegrationRequest`",
      handle: ({ body }) => {
        const [fault] = findFaults("OpenIntegrationRequest", body);
        if (fault !== undefined) throw new ApiError(fault.code, fault.message);
        const request = body as unknown as Wire<"OpenIntegrationRequest">;
        const { id, name } = createIntegration(organisation, request, organisation.id, 0);
        return { id, name };
      },
    },
    {
      method: "GET",
      path: "/emulator/flows",
      summary: "the inbound flows, each with its bot",
      handle: () => ({
        entities: [...flows.values()].map(({ id, name, bot }) => ({ id, name, kind: bot.kind })),
      }),
    },
    {
      method: "POST",
      path: "/emulator/flows",
      summary: "make an inbound flow: `name` and `bot`",
      handle: ({ body }) => ({ id: storeFlow(organisation, body as unknown as Omit<FlowRecord, "id">) }),
    },
    {
      method: "PUT",
      path: "/emulator/integrations/{integrationId}/flow",
      summary: "let a flow, by `flowId`, answer first; without one, agents answer",
      handle: (request) => {
        const { flowId } = request.body;
        setFlow(
          organisation,
          request.param("integrationId"),
          typeof flowId === "string" ? flowId : undefined,
        );
      },
    },
  ];
}

/** Stores an inbound flow and returns its id. @throws ApiError where it cannot be. */
export function storeFlow(
  { flows, chance, flush }: Organisation,
  { name, bot }: Omit<FlowRecord, "id">,
): string {
  const mistake = findFlowMistake({ name, bot });
  if (mistake !== undefined) throw new ApiError("bad.request", `flow: ${mistake}`);
  const id = chance.uuid();
  flows.put(id, { id, name, bot });
  flush();
  return id;
}

/** Lets a flow answer an integration's customers first, or none. */
export function setFlow(organisation: Organisation, integrationId: string, flowId: string | undefined): void {
  const integration = findIntegration(organisation, integrationId);
  organisation.integrations.put(integration.id, { ...integration, flowId });
  organisation.flush();
}

function pick(body: Record<string, unknown>, name: string) {
  return body[name] === undefined ? {} : { [name]: body[name] };
}

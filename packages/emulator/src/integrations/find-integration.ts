import { ApiError, notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord } from "../organisation/records.ts";

/** An integration of this organisation's. @throws ApiError 404 */
export function findIntegration({ integrations }: Organisation, id: string | undefined): IntegrationRecord {
  const integration = integrations.get(id ?? "");
  if (integration === undefined) throw notFound("integration");
  return integration;
}

/** An integration that has been set up. @throws ApiError */
export function findReadyIntegration(organisation: Organisation, id: string | undefined): IntegrationRecord {
  const integration = findIntegration(organisation, id);
  if (integration.createStatus === "Completed") return integration;
  throw new ApiError(
    "bad.request",
    "The integration is not active yet: wait until its createStatus is Completed.",
  );
}

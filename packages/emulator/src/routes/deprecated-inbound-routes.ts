import { applyReceipt } from "../conversations/apply-receipt.ts";
import { ApiError } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { findReadyIntegration } from "../integrations/find-integration.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";
import { pickAnswer, receiveOnce } from "./inbound-routes.ts";

/**
 * The one operation for messages and receipts that `inbound-routes.ts` has replaced, and that many programs still call. A message names the
 * integration as the one that it is to, a receipt as the one that it is from.
 */
export const deprecatedInboundRoutes = [
  route({
    method: "POST",
    path: "/api/v2/conversations/messages/inbound/open",
    permissions: { all: ["conversation:message:receive"] },
    body: "OpenNormalizedMessage",
    handle: ({ organisation, body }) => ({
      body: body.type === "Receipt" ? takeReceipt(organisation, body) : takeMessage(organisation, body),
    }),
  }),
];

function takeMessage(organisation: Organisation, body: Wire<"OpenNormalizedMessage">) {
  const message = receiveOnce(organisation, body.channel.to.id, body);
  return pickAnswer(message, ["id", "channel", "type", "text", "content", "direction", "metadata"]);
}

function takeReceipt(organisation: Organisation, { id, status, ...rest }: Wire<"OpenNormalizedMessage">) {
  if (id === undefined) throw new ApiError("bad.request", "should have required property 'id'");
  if (status === undefined) throw new ApiError("bad.request", "should have required property '.status'");
  const integration = findReadyIntegration(organisation, rest.channel.from.id);
  return applyReceipt(organisation, integration, { ...rest, id, status });
}

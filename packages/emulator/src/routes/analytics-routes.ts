import { detailOf } from "../analytics/conversation-detail.ts";
import { queryDetails } from "../analytics/query-details.ts";
import { route } from "../http/route.ts";
import { findConversation } from "./conversation-routes.ts";

const permissions = {
  any: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
} as const;

/** What happened, across conversations. */
export const analyticsRoutes = [
  route({
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    permissions,
    body: "ConversationQuery",
    handle: ({ organisation, body }) => ({ body: queryDetails(organisation, body) }),
  }),
  route({
    method: "GET",
    path: "/api/v2/analytics/conversations/{conversationId}/details",
    permissions,
    handle: ({ organisation, params }) => ({
      body: detailOf(organisation, findConversation(organisation, params.conversationId)),
    }),
  }),
];

import { detailOf } from "../analytics/conversation-detail.ts";
import { findJob, resultsOf, startJob, statusOf } from "../analytics/details-jobs.ts";
import { queryDetails } from "../analytics/query-details.ts";
import { findConversation } from "../conversations/place.ts";
import { route } from "../http/route.ts";

const detailsPath = "/api/v2/analytics/conversations/details";
const jobsPath = `${detailsPath}/jobs`;
const permissions = {
  any: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
} as const;

/** What happened, across conversations. */
export const analyticsRoutes = [
  route({
    method: "POST",
    path: `${detailsPath}/query`,
    permissions,
    body: "ConversationQuery",
    handle: ({ organisation, body }) => ({ body: queryDetails(organisation, body) }),
  }),
  route({
    method: "GET",
    path: detailsPath,
    permissions,
    handle: ({ organisation, query }) => {
      const ids = query.getAll("id").flatMap((text) => text.split(","));
      const found = ids.flatMap((id) => organisation.conversations.get(id) ?? []);
      return { body: { conversations: found.map((conversation) => detailOf(organisation, conversation)) } };
    },
  }),
  route({
    method: "POST",
    path: jobsPath,
    permissions,
    body: "AsyncConversationQuery",
    handle: ({ organisation, body }) => ({
      status: 202,
      body: { jobId: startJob(organisation, body).id },
    }),
  }),
  route({
    method: "GET",
    path: `${jobsPath}/availability`,
    permissions,
    handle: ({ organisation }) => ({ body: { dataAvailabilityDate: organisation.timestamp() } }),
  }),
  route({
    method: "GET",
    path: `${jobsPath}/{jobId}`,
    permissions,
    handle: ({ organisation, params }) => ({
      body: statusOf(organisation, findJob(organisation, params.jobId)),
    }),
  }),
  route({
    method: "GET",
    path: `${jobsPath}/{jobId}/results`,
    permissions,
    handle: ({ organisation, params, query }) => ({
      body: resultsOf(organisation, findJob(organisation, params.jobId), query),
    }),
  }),
  route({
    method: "DELETE",
    path: `${jobsPath}/{jobId}`,
    permissions,
    handle: ({ organisation, params }) => {
      organisation.analyticsJobs.delete(findJob(organisation, params.jobId).id);
      return {};
    },
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

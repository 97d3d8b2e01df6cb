import type { Place } from "../conversations/change-state.ts";
import { endConversation } from "../conversations/end-conversation.ts";
import { isLive } from "../conversations/participants.ts";
import { presentConversation, presentMessageConversation } from "../conversations/present-conversation.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord } from "../organisation/records.ts";
import { pageOf } from "./page.ts";

const allPath = "/api/v2/conversations/messages";
const path = `${allPath}/{conversationId}`;

/** A conversation of any media, of which messages are all there is. */
const anyMediaPath = "/api/v2/conversations/{conversationId}";

/** Reading conversations, and ending them. */
export const conversationRoutes = [
  route({
    method: "GET",
    path: allPath,
    handle: ({ organisation, query }) => {
      const live = [...organisation.conversations.values()].filter(isLive);
      const page = pageOf(live, query, allPath);
      const entities = page.entities.map((conversation) =>
        presentMessageConversation(organisation, conversation),
      );
      return { body: { ...page, entities } };
    },
  }),
  route({
    method: "GET",
    path: anyMediaPath,
    permissions: { all: ["conversation:communication:view"] },
    handle: ({ organisation, params }) => ({
      body: presentConversation(organisation, findConversation(organisation, params.conversationId)),
    }),
  }),
  route({
    method: "GET",
    path,
    handle: ({ organisation, params }) => ({
      body: presentMessageConversation(organisation, findConversation(organisation, params.conversationId)),
    }),
  }),
  route({
    method: "PATCH",
    path,
    permissions: { any: ["conversation:communication:disconnect", "conversation:message:park"] },
    body: "Conversation",
    handle: ({ organisation, params, body }) => {
      const conversation = findConversation(organisation, params.conversationId);
      if (body.state !== "disconnected")
        throw new ApiError(
          "invalid.value",
          `Value [${body.state}] is not valid for field type [state]. Allowable values are: disconnected`,
        );
      const ended = endConversation(organisation, conversation, "client");
      return { body: presentConversation(organisation, ended) };
    },
  }),
  route({
    method: "DELETE",
    path: anyMediaPath,
    permissions: { any: ["conversation:communication:disconnect"] },
    handle: ({ organisation, params }) => {
      endConversation(organisation, findConversation(organisation, params.conversationId), "client");
      return {};
    },
  }),
];

/** @throws ApiError 404 */
export function findConversation(
  { conversations }: Organisation,
  id: string | undefined,
): ConversationRecord {
  const conversation = conversations.get(id ?? "");
  if (conversation === undefined) throw notFound("conversation");
  return conversation;
}

/** The communication that a path names, and whose it is. @throws ApiError 404 */
export function findCommunication(organisation: Organisation, params: Record<string, string>): Place {
  const conversation = findConversation(organisation, params.conversationId);
  const participant = conversation.participants.find(
    ({ communicationId }) => communicationId === params.communicationId,
  );
  if (participant === undefined) throw notFound("communication");
  return { conversation, participant };
}

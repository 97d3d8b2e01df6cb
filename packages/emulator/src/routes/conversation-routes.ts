import { endConversation } from "../conversations/end-conversation.ts";
import { isLive } from "../conversations/participants.ts";
import { findConversation } from "../conversations/place.ts";
import { presentConversation, presentMessageConversation } from "../conversations/present-conversation.ts";
import { ApiError } from "../http/api-error.ts";
import { route } from "../http/route.ts";
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

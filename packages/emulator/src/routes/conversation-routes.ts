import { endConversation } from "../conversations/end-conversation.ts";
import { disconnected, isLive, saveConversation, withParticipant } from "../conversations/participants.ts";
import { presentConversation, presentMessageConversation } from "../conversations/present-conversation.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, ParticipantRecord } from "../organisation/records.ts";

const path = "/api/v2/conversations/messages/{conversationId}";

/** Reading conversations, ending them, and what a participant does in them. */
export const conversationRoutes = [
  route({
    method: "GET",
    path: "/api/v2/conversations/{conversationId}",
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
    method: "PATCH",
    path: `${path}/participants/{participantId}`,
    permissions: { any: ["conversation:participant:wrapup", "conversation:communication:disconnect"] },
    body: "MediaParticipantRequest",
    handle: ({ organisation, params, body }) => {
      const conversation = findConversation(organisation, params.conversationId);
      const participant = conversation.participants.find(({ id }) => id === params.participantId);
      if (participant === undefined) throw notFound("participant");
      changeState(organisation, conversation, participant, body.state);
      return {};
    },
  }),
  route({
    method: "PATCH",
    path: `${path}/participants/{participantId}/communications/{communicationId}`,
    body: "MediaParticipantRequest",
    handle: ({ organisation, params, body }) => {
      const { conversation, participant } = findCommunication(organisation, params);
      changeState(organisation, conversation, participant, body.state);
      return { body: {} };
    },
  }),
  route({
    method: "PATCH",
    path: `${path}/participants/{participantId}/attributes`,
    body: "ParticipantAttributes",
    handle: ({ organisation, params, body }) => {
      const conversation = findConversation(organisation, params.conversationId);
      const participant = conversation.participants.find(({ id }) => id === params.participantId);
      if (participant === undefined) throw notFound("participant");
      const attributes = { ...participant.attributes, ...body.attributes };
      saveConversation(organisation, withParticipant(conversation, { ...participant, attributes }));
      return { body: { attributes } };
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
export function findCommunication(
  organisation: Organisation,
  params: Record<string, string>,
): { conversation: ConversationRecord; participant: ParticipantRecord } {
  const conversation = findConversation(organisation, params.conversationId);
  const participant = conversation.participants.find(
    ({ communicationId }) => communicationId === params.communicationId,
  );
  if (participant === undefined) throw notFound("communication");
  return { conversation, participant };
}

/**
 * Answers, or leaves. With the last one who answers gone, the conversation is over.
 *
 * @throws ApiError for another state, or a conversation that is over.
 */
export function changeState(
  organisation: Organisation,
  conversation: ConversationRecord,
  participant: ParticipantRecord,
  state: string | undefined,
): ConversationRecord {
  if (!isLive(conversation)) throw new ApiError("bad.request", "The conversation is disconnected.");
  const now = organisation.timestamp();
  if (state === "connected")
    return saveConversation(
      organisation,
      withParticipant(conversation, {
        ...participant,
        state: "connected",
        connectedTime: participant.connectedTime ?? now,
      }),
    );
  if (state !== "disconnected")
    throw new ApiError(
      "invalid.value",
      `Value [${state}] is not valid for field type [state]. Allowable values are: connected, disconnected`,
    );
  const left = withParticipant(conversation, disconnected(participant, "client", now));
  const isSomebodyLeft = left.participants.some(
    ({ purpose, state: other }) => purpose !== "customer" && other !== "disconnected",
  );
  return isSomebodyLeft && participant.purpose !== "customer"
    ? saveConversation(organisation, left)
    : endConversation(organisation, left, "peer");
}

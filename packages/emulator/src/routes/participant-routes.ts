import { changeState, replaceParticipant } from "../conversations/change-state.ts";
import { saveConversation, withParticipant } from "../conversations/participants.ts";
import { findCommunication, findParticipant, type Place } from "../conversations/place.ts";
import { wrapUp, wrapUpCodes } from "../conversations/wrap-up.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Wire } from "../wire/models.ts";

const path = "/api/v2/conversations/messages/{conversationId}/participants/{participantId}";
const communicationPath = `${path}/communications/{communicationId}`;

/** What becomes of a participant: state, place, attributes, wrap-up. */
export const participantRoutes = [
  route({
    method: "PATCH",
    path,
    permissions: {
      any: [
        "conversation:participant:wrapup",
        "conversation:call:record",
        "conversation:communication:disconnect",
      ],
    },
    body: "MediaParticipantRequest",
    handle: ({ organisation, params, body }) => {
      changeParticipant(organisation, findParticipant(organisation, params), body);
      return {};
    },
  }),
  route({
    method: "PATCH",
    path: communicationPath,
    body: "MediaParticipantRequest",
    handle: ({ organisation, params, body }) => {
      changeParticipant(organisation, findCommunication(organisation, params), body);
      return { body: {} };
    },
  }),
  route({
    method: "PATCH",
    path: `${path}/parkingstate`,
    permissions: { any: ["conversation:message:park"] },
    body: "ParkingStateRequest",
    handle: ({ organisation, params, body }) => {
      changeState(organisation, findParticipant(organisation, params), body.state, ["parked", "connected"]);
      return {};
    },
  }),
  route({
    method: "POST",
    path: `${path}/replace`,
    permissions: { any: ["conversation:communication:blindTransfer"] },
    body: "TransferRequest",
    handle: ({ organisation, params, body }) => {
      const place = findParticipant(organisation, params);
      replaceParticipant(organisation, place, findTarget(organisation, body));
      return {};
    },
  }),
  route({
    method: "PATCH",
    path: `${path}/attributes`,
    body: "ParticipantAttributes",
    handle: ({ organisation, params, body }) => {
      const { conversation, participant } = findParticipant(organisation, params);
      const attributes = { ...participant.attributes, ...body.attributes };
      saveConversation(organisation, withParticipant(conversation, { ...participant, attributes }));
      return { body: { attributes } };
    },
  }),
  route({
    method: "GET",
    path: `${path}/wrapup`,
    handle: ({ organisation, params }) => ({ body: presentWrapUp(findParticipant(organisation, params)) }),
  }),
  route({
    method: "GET",
    path: `${communicationPath}/wrapup`,
    handle: ({ organisation, params }) => ({ body: presentWrapUp(findCommunication(organisation, params)) }),
  }),
  route({
    method: "POST",
    path: `${communicationPath}/wrapup`,
    permissions: { any: ["conversation:participant:wrapup"] },
    body: "WrapupInput",
    handle: ({ organisation, params, body }) => {
      wrapUp(organisation, findCommunication(organisation, params), body);
      return {};
    },
  }),
  route({
    method: "GET",
    path: `${path}/wrapupcodes`,
    handle: ({ organisation, params }) => {
      findParticipant(organisation, params);
      return {
        body: wrapUpCodes.map((code) => ({ ...code, selfUri: `/api/v2/routing/wrapupcodes/${code.id}` })),
      };
    },
  }),
];

/** A wrap-up is possible after the conversation's end, a change of state is not. */
function changeParticipant(
  organisation: Organisation,
  place: Place,
  { state, wrapup }: Wire<"MediaParticipantRequest">,
): void {
  if (state === undefined && wrapup === undefined)
    throw new ApiError("bad.request", "should have required property 'state' or 'wrapup'");
  const conversation = state === undefined ? place.conversation : changeState(organisation, place, state);
  if (wrapup === undefined) return;
  const participant = conversation.participants.find(({ id }) => id === place.participant.id);
  if (participant !== undefined) wrapUp(organisation, { conversation, participant }, wrapup);
}

/** The agent that a transfer names; none for a queue, behind which all agents are. @throws ApiError */
function findTarget({ agents }: Organisation, { userId, userName, queueId }: Wire<"TransferRequest">) {
  if (userId === undefined && userName === undefined) {
    if (queueId !== undefined) return undefined;
    throw new ApiError("bad.request", "should have required property 'userId', 'userName' or 'queueId'");
  }
  const agent = [...agents.values()].find(({ id, name }) => id === userId || name === userName);
  if (agent === undefined) throw notFound("user");
  return agent;
}

function presentWrapUp({ participant: { wrapup } }: Place) {
  if (wrapup === undefined) throw notFound("wrap-up");
  const { name: _, provisional: __, ...assigned } = wrapup;
  return assigned;
}

import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, MessageRecord, ParticipantRecord } from "../organisation/records.ts";
import { presentMessageDetails } from "./present-message.ts";

/** `Conversation` of a conversation, where a participant's `messages` are its communications. */
export function presentConversation(organisation: Organisation, conversation: ConversationRecord) {
  const messages = organisation.messages.where("conversationId", conversation.id);
  return {
    id: conversation.id,
    startTime: conversation.startTime,
    ...(conversation.endTime === undefined ? {} : { endTime: conversation.endTime }),
    address: conversation.address,
    participants: conversation.participants.map((participant) => ({
      id: participant.id,
      startTime: participant.startTime,
      ...known("connectedTime", participant.connectedTime),
      ...known("endTime", participant.endTime),
      name: participant.name,
      purpose: participant.purpose,
      address: participant.address,
      ...known("userId", participant.userId),
      attributes: participant.attributes,
      ...known("wrapup", participant.wrapup),
      messages: [communicationOf(conversation, participant, messages)],
    })),
    selfUri: `/api/v2/conversations/${conversation.id}`,
  };
}

/** `MessageConversation` of a conversation. */
export function presentMessageConversation(organisation: Organisation, conversation: ConversationRecord) {
  const messages = organisation.messages.where("conversationId", conversation.id);
  return {
    id: conversation.id,
    participants: conversation.participants.map((participant) => ({
      id: participant.id,
      name: participant.name,
      address: participant.address,
      startTime: participant.startTime,
      ...known("connectedTime", participant.connectedTime),
      ...known("endTime", participant.endTime),
      purpose: participant.purpose,
      state: participant.state,
      direction: participant.direction,
      ...known("disconnectType", participant.disconnectType),
      ...(participant.userId === undefined ? {} : { user: { id: participant.userId } }),
      attributes: participant.attributes,
      wrapupRequired: false,
      ...known("wrapup", participant.wrapup),
      provider: "PureCloud Messaging",
      ...addressesOf(conversation, participant),
      messages: detailsOf(participant, messages),
      type: "open",
    })),
    otherMediaUris: [],
    selfUri: `/api/v2/conversations/messages/${conversation.id}`,
  };
}

function communicationOf(
  conversation: ConversationRecord,
  participant: ParticipantRecord,
  messages: readonly MessageRecord[],
) {
  return {
    state: participant.state,
    initialState: participant.connectedTime === participant.startTime ? "connected" : "alerting",
    id: participant.communicationId,
    held: false,
    direction: participant.direction,
    ...known("disconnectType", participant.disconnectType),
    ...known("connectedTime", participant.connectedTime),
    ...known("disconnectedTime", participant.endTime),
    provider: "PureCloud Messaging",
    type: "open",
    engagementSource: "OpenMessaging",
    ...addressesOf(conversation, participant),
    messages: detailsOf(participant, messages),
  };
}

function detailsOf({ communicationId }: ParticipantRecord, messages: readonly MessageRecord[]) {
  return messages.filter((message) => message.communicationId === communicationId).map(presentMessageDetails);
}

function addressesOf({ address, integrationId }: ConversationRecord, { direction }: ParticipantRecord) {
  const customer = { addressNormalized: address, addressRaw: address };
  const integration = { addressNormalized: integrationId, addressRaw: integrationId };
  return direction === "inbound"
    ? { fromAddress: customer, toAddress: integration }
    : { fromAddress: integration, toAddress: customer };
}

function known<Name extends string>(name: Name, value: unknown) {
  return value === undefined ? {} : { [name]: value };
}

import { isLive } from "../conversations/participants.ts";
import { presentMessage } from "../conversations/present-message.ts";
import type { OrganisationEvent } from "../organisation/events.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, MessageRecord } from "../organisation/records.ts";
import type { StreamEvent } from "./event-stream.ts";

/** A conversation as the desk lists it. */
export function presentDeskConversation({ integrations }: Organisation, conversation: ConversationRecord) {
  const { id, address, startTime, endTime, integrationId, participants } = conversation;
  return {
    id,
    address,
    integrationId,
    integrationName: integrations.get(integrationId)?.name ?? "",
    customerName: participants.find(({ purpose }) => purpose === "customer")?.name ?? address,
    isLive: isLive(conversation),
    startTime,
    ...(endTime === undefined ? {} : { endTime }),
    participants: participants.map((participant) => ({
      id: participant.id,
      communicationId: participant.communicationId,
      purpose: participant.purpose,
      name: participant.name,
      state: participant.state,
      ...(participant.userId === undefined ? {} : { userId: participant.userId }),
      ...(participant.disconnectType === undefined ? {} : { disconnectType: participant.disconnectType }),
    })),
  };
}

/** A message as the desk shows it: as the platform's `MessageData`, and whose it is. */
export function presentDeskMessage(message: MessageRecord) {
  return { ...presentMessage(message), communicationId: message.communicationId };
}

/** What happened, as the desk hears of it. */
export function presentEvent(organisation: Organisation, event: OrganisationEvent): StreamEvent {
  switch (event.type) {
    case "conversation":
      return { event: "conversation", data: presentDeskConversation(organisation, event.conversation) };
    case "message":
      return { event: "message", data: presentDeskMessage(event.message) };
    case "typing":
      return { event: "typing", data: { conversationId: event.conversationId, from: event.from } };
  }
}

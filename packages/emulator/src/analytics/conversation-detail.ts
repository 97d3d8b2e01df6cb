import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, MessageStatus, ParticipantRecord } from "../organisation/records.ts";

/** `deliveryStatus` of a session by the status of its last message. */
const deliveryStatuses: Record<MessageStatus, string> = {
  queued: "Queued",
  sent: "Sent",
  failed: "Failed",
  received: "Received",
  "delivery-success": "DeliverySuccess",
  "delivery-failed": "DeliveryFailed",
  read: "Read",
  published: "Published",
  removed: "Removed",
};

/** `AnalyticsConversation` of a conversation: who took part, on what addresses, how it was delivered; never what was said. */
export function detailOf({ messages, id }: Organisation, conversation: ConversationRecord) {
  const all = messages.where("conversationId", conversation.id);
  return {
    conversationId: conversation.id,
    conversationStart: conversation.startTime,
    ...(conversation.endTime === undefined ? {} : { conversationEnd: conversation.endTime }),
    originatingDirection: conversation.originatingDirection,
    conversationInitiator: initiatorOf(conversation),
    divisionIds: [id],
    participants: conversation.participants.map((participant) => {
      const own = all.filter(({ communicationId }) => communicationId === participant.communicationId);
      const last = own.at(-1);
      return {
        participantId: participant.id,
        participantName: participant.name,
        purpose: participant.purpose,
        ...(participant.userId === undefined ? {} : { userId: participant.userId }),
        sessions: [
          {
            sessionId: participant.communicationId,
            mediaType: "message",
            messageType: "open",
            provider: "PureCloud Messaging",
            direction: participant.direction,
            ...addresses(conversation, participant),
            ...(last === undefined ? {} : { deliveryStatus: deliveryStatuses[last.status] }),
            metrics: [{ name: "nMessages", value: own.length, emitDate: participant.startTime }],
            ...flowOf(participant),
            segments: segmentsOf(participant),
          },
        ],
      };
    }),
  };
}

/** The flow whose bot a participant is. */
function flowOf({ purpose, address, name }: ParticipantRecord) {
  return purpose === "botflow" ? { flow: { flowId: address, flowName: name, flowType: "DIGITALBOT" } } : {};
}

function addresses({ address, integrationId }: ConversationRecord, { direction }: ParticipantRecord) {
  return direction === "inbound"
    ? { addressFrom: address, addressTo: integrationId }
    : { addressFrom: integrationId, addressTo: address };
}

/** `AnalyticsConversationSegment`: a stretch of what a participant did. */
export interface Segment {
  segmentStart: string;
  segmentEnd?: string;
  segmentType: "alert" | "interact" | "wrapup";
  disconnectType?: string;
  wrapUpCode?: string;
  wrapUpNote?: string;
  conference: false;
}

/** What a participant lived through: the conversation, and its wrap-up where there was one. */
function segmentsOf({ startTime, endTime, disconnectType, state, wrapup }: ParticipantRecord): Segment[] {
  const conversation: Segment = {
    segmentStart: startTime,
    ...(endTime === undefined ? {} : { segmentEnd: endTime }),
    segmentType: state === "alerting" ? "alert" : "interact",
    ...(disconnectType === undefined ? {} : { disconnectType }),
    conference: false,
  };
  if (wrapup === undefined) return [conversation];
  const { code = "", notes, endTime: writtenAt = startTime } = wrapup;
  const wrapUp: Segment = {
    segmentStart: endTime ?? writtenAt,
    segmentEnd: writtenAt,
    segmentType: "wrapup",
    wrapUpCode: code,
    ...(notes === undefined ? {} : { wrapUpNote: notes }),
    conference: false,
  };
  return [conversation, wrapUp];
}

function initiatorOf({ originatingDirection, participants }: ConversationRecord): string {
  if (originatingDirection === "inbound") return "customer";
  return participants.find(({ purpose }) => purpose === "agent" || purpose === "api")?.purpose ?? "api";
}

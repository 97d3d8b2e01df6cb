import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, ParticipantRecord } from "../organisation/records.ts";

/** What is said of a participant who begins. */
type Newcomer = Pick<ParticipantRecord, "purpose" | "name" | "address" | "direction" | "state"> & {
  userId?: string;
};

/** A participant who begins now. */
export function createParticipant({ chance, timestamp }: Organisation, begun: Newcomer): ParticipantRecord {
  const now = timestamp();
  return {
    id: chance.uuid(),
    communicationId: chance.uuid(),
    userId: undefined,
    ...begun,
    startTime: now,
    connectedTime: begun.state === "connected" ? now : undefined,
    endTime: undefined,
    disconnectType: undefined,
    attributes: {},
  };
}

/** Brings a participant into a conversation, which may be a new one. */
export function joinConversation(
  organisation: Organisation,
  conversation: ConversationRecord,
  begun: Newcomer,
): ConversationRecord {
  const participants = [...conversation.participants, createParticipant(organisation, begun)];
  return saveConversation(organisation, { ...conversation, participants });
}

/** Stores a conversation and tells of it. */
export function saveConversation(
  { conversations, events }: Organisation,
  conversation: ConversationRecord,
): ConversationRecord {
  const before = conversations.get(conversation.id);
  conversations.put(conversation.id, conversation);
  events.tell({ type: "conversation", conversation, before });
  return conversation;
}

/** A conversation with one participant changed. */
export function withParticipant(
  conversation: ConversationRecord,
  changed: ParticipantRecord,
): ConversationRecord {
  const participants = conversation.participants.map((participant) =>
    participant.id === changed.id ? changed : participant,
  );
  return { ...conversation, participants };
}

/** A participant as it is once it has left. */
export function disconnected(
  participant: ParticipantRecord,
  disconnectType: string,
  now: string,
): ParticipantRecord {
  if (participant.state === "disconnected") return participant;
  return { ...participant, state: "disconnected", endTime: now, disconnectType };
}

/** Whoever of a purpose is there now; the latest, where there are several. */
export function presentParticipant(
  { participants }: ConversationRecord,
  purpose: ParticipantRecord["purpose"],
): ParticipantRecord | undefined {
  return participants.findLast(
    (participant) => participant.purpose === purpose && participant.state !== "disconnected",
  );
}

/** Whether a customer and somebody of the organisation's are still in it. */
export function isLive(conversation: ConversationRecord): boolean {
  return conversation.endTime === undefined;
}

import { notFound } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, ParticipantRecord } from "../organisation/records.ts";

/** A participant in a conversation, as paths of the API name one. */
export interface Place {
  conversation: ConversationRecord;
  participant: ParticipantRecord;
}

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

/** The participant that a path names. @throws ApiError 404 */
export function findParticipant(organisation: Organisation, params: Record<string, string>): Place {
  const conversation = findConversation(organisation, params.conversationId);
  const participant = conversation.participants.find(({ id }) => id === params.participantId);
  if (participant === undefined) throw notFound("participant");
  return { conversation, participant };
}

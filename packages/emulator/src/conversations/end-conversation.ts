import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord } from "../organisation/records.ts";
import { disconnected, isLive, saveConversation } from "./participants.ts";

/** Ends a conversation for everyone in it. One that is over stays as it is. */
export function endConversation(
  organisation: Organisation,
  conversation: ConversationRecord,
  disconnectType: string,
): ConversationRecord {
  if (!isLive(conversation)) return conversation;
  const now = organisation.timestamp();
  return saveConversation(organisation, {
    ...conversation,
    endTime: now,
    participants: conversation.participants.map((participant) =>
      disconnected(participant, disconnectType, now),
    ),
  });
}

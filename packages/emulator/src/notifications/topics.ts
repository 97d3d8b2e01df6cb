import { presentConversation, presentMessageConversation } from "../conversations/present-conversation.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, ParticipantRecord } from "../organisation/records.ts";

/** What is told on a topic. */
export interface Notification {
  topicName: string;
  eventBody: unknown;
}

/** How the topics call the participants. Messages sent by programs have none. */
const topicNames: Partial<Record<ParticipantRecord["purpose"], string>> = {
  customer: "customer",
  agent: "user",
  acd: "acd",
  botflow: "flow",
};

const knownTopics = [
  /^v2\.users\.[\w-]+\.conversations(\.messages)?$/,
  /^v2\.detail\.events\.conversation\.[\w-]+\.(customer|user|acd|flow)\.(start|end)$/,
];

/** Whether the emulator tells on a topic of this name. */
export function isKnownTopic(name: string): boolean {
  return knownTopics.some((pattern) => pattern.test(name));
}

/** Everything to be told of a change of a conversation. */
export function notificationsOf(
  organisation: Organisation,
  before: ConversationRecord | undefined,
  conversation: ConversationRecord,
): Notification[] {
  return [
    ...userNotifications(organisation, conversation),
    ...detailEvents(organisation, before, conversation),
  ];
}

function userNotifications(organisation: Organisation, conversation: ConversationRecord): Notification[] {
  const userIds = new Set(conversation.participants.flatMap(({ userId }) => userId ?? []));
  return [...userIds].flatMap((userId) => [
    {
      topicName: `v2.users.${userId}.conversations.messages`,
      eventBody: presentMessageConversation(organisation, conversation),
    },
    {
      topicName: `v2.users.${userId}.conversations`,
      eventBody: presentConversation(organisation, conversation),
    },
  ]);
}

function detailEvents(
  { clock }: Organisation,
  before: ConversationRecord | undefined,
  conversation: ConversationRecord,
): Notification[] {
  const earlier = new Map(before?.participants.map((participant) => [participant.id, participant]));
  return conversation.participants.flatMap((participant) => {
    const purpose = topicNames[participant.purpose];
    if (purpose === undefined) return [];
    const known = earlier.get(participant.id);
    const hasEnded = participant.state === "disconnected";
    const moments = [
      ...(known === undefined ? ["start"] : []),
      ...(hasEnded && known?.state !== "disconnected" ? ["end"] : []),
    ];
    return moments.map((moment) => ({
      topicName: `v2.detail.events.conversation.${conversation.id}.${purpose}.${moment}`,
      eventBody: {
        eventTime: clock.now(),
        conversationId: conversation.id,
        participantId: participant.id,
        sessionId: participant.communicationId,
        mediaType: "MESSAGE",
        messageType: "OPEN",
        provider: "PureCloud Messaging",
        direction: participant.direction.toUpperCase(),
        ...(participant.userId === undefined ? {} : { userId: participant.userId }),
        ...(moment === "end" ? { disconnectType: participant.disconnectType?.toUpperCase() } : {}),
      },
    }));
  });
}

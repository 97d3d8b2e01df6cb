import { presentConversation, presentMessageConversation } from "../conversations/present-conversation.ts";
import type { OrganisationEvent } from "../organisation/events.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, ParticipantRecord } from "../organisation/records.ts";
import { partyTopics } from "./topics.ts";

/** What is told on a topic. */
export interface Notification {
  topicName: string;
  eventBody: unknown;
}

/** Everything that channels are told of something that happened: of typing, nothing. */
export function notificationsOf(organisation: Organisation, event: OrganisationEvent): Notification[] {
  const change = changeBy(organisation, event);
  if (change === undefined) return [];
  const { before, conversation } = change;
  return [
    ...wholeConversation(organisation, conversation),
    ...conversation.participants.flatMap((participant) =>
      detailEvents(
        organisation,
        conversation,
        participant,
        before?.participants.find(({ id }) => id === participant.id),
      ),
    ),
  ];
}

/** The conversation before and after. Where something was said in it, both are the same. */
function changeBy({ conversations }: Organisation, event: OrganisationEvent) {
  if (event.type === "conversation") return event;
  const conversation = event.type === "message" ? conversations.get(event.message.conversationId) : undefined;
  return conversation && { before: conversation, conversation };
}

/** To its agents, and to the queue, for which the integration stands. */
function wholeConversation(organisation: Organisation, conversation: ConversationRecord): Notification[] {
  const userIds = new Set(conversation.participants.flatMap(({ userId }) => userId ?? []));
  const places = [
    ...[...userIds].map((userId) => `v2.users.${userId}`),
    `v2.routing.queues.${conversation.integrationId}`,
  ];
  return places.flatMap((place) => [
    {
      topicName: `${place}.conversations.messages`,
      eventBody: presentMessageConversation(organisation, conversation),
    },
    { topicName: `${place}.conversations`, eventBody: presentConversation(organisation, conversation) },
  ]);
}

/** What became of a participant. Source of the fields: the models `…DetailEventTopic…` of purecloud-platform-client-v2 262.0.0. */
function detailEvents(
  { clock }: Organisation,
  conversation: ConversationRecord,
  participant: ParticipantRecord,
  before: ParticipantRecord | undefined,
): Notification[] {
  const party = partyTopics[participant.purpose as keyof typeof partyTopics];
  if (party === undefined) return [];
  const { id: conversationId } = conversation;
  const { id: participantId, attributes, wrapup, state, disconnectType } = participant;
  const session = sessionOf(conversation, participant);
  const hasEnded = state === "disconnected" && before?.state !== "disconnected";
  const told: readonly (readonly [moment: string, isDue: boolean, eventBody: object])[] = [
    [`${party}.start`, before === undefined, session],
    [`${party}.end`, hasEnded, { ...session, disconnectType: disconnectType?.toUpperCase() }],
    [
      "attributes",
      before !== undefined && before.attributes !== attributes,
      { attributes, communications: [{ id: session.sessionId, mediaType: session.mediaType }] },
    ],
    [
      "acw",
      wrapup !== undefined && before?.wrapup !== wrapup,
      {
        ...session,
        wrapupCode: wrapup?.code,
        wrapupNotes: wrapup?.notes,
        wrapupDurationMs: (wrapup?.durationSeconds ?? 0) * 1000,
      },
    ],
  ];
  return told
    .filter(([, isDue]) => isDue)
    .map(([moment, , eventBody]) => ({
      topicName: `v2.detail.events.conversation.${conversationId}.${moment}`,
      eventBody: { eventTime: clock.now(), conversationId, participantId, ...eventBody },
    }));
}

function sessionOf(
  { address, integrationId }: ConversationRecord,
  { communicationId, direction, userId }: ParticipantRecord,
) {
  const isInbound = direction === "inbound";
  return {
    sessionId: communicationId,
    mediaType: "MESSAGE",
    messageType: "OPEN",
    provider: "PureCloud Messaging",
    direction: direction.toUpperCase(),
    addressFrom: isInbound ? address : integrationId,
    addressTo: isInbound ? integrationId : address,
    ...(userId === undefined ? {} : { userId }),
  };
}

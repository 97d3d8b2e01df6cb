import type { FlowRecord } from "../bots/flow.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, IntegrationRecord } from "../organisation/records.ts";
import { isLive, joinConversation, presentParticipant } from "./participants.ts";
import { routeToAgent } from "./route-conversation.ts";
import { threadingMs } from "./threading.ts";

/** The customer as a channel names them. */
export interface Customer {
  id: string;
  name: string;
}

/** The customer's live conversation with an integration, if there is one. */
export function findLiveConversation(
  { conversations }: Organisation,
  integrationId: string,
  address: string,
): ConversationRecord | undefined {
  return conversations.findLast(
    "address",
    address,
    (conversation) => conversation.integrationId === integrationId && isLive(conversation),
  );
}

/** The conversation that a message of the customer's goes to: the live one, one that it reopens, or a new one. */
export function openConversation(
  organisation: Organisation,
  integration: IntegrationRecord,
  customer: Customer,
): ConversationRecord {
  const live = findLiveConversation(organisation, integration.id, customer.id);
  if (live !== undefined) return ensureCustomer(organisation, live, customer);
  const ended = findReopenable(organisation, integration.id, customer.id);
  const begun: ConversationRecord =
    ended === undefined
      ? beginConversation(organisation, integration.id, customer.id, "inbound")
      : { ...ended, endTime: undefined };
  return ensureCustomer(organisation, begun, customer);
}

/** Brings whoever answers into a conversation where nobody of the organisation's is: the flow's bot, an agent, or the queue. */
export function ensureAnswerer(
  organisation: Organisation,
  { flowId }: IntegrationRecord,
  conversation: ConversationRecord,
): ConversationRecord {
  const isAnswered = (["agent", "acd", "botflow"] as const).some(
    (purpose) => presentParticipant(conversation, purpose) !== undefined,
  );
  if (isAnswered) return conversation;
  const flow = organisation.flows.get(flowId ?? "");
  return flow === undefined
    ? routeToAgent(organisation, conversation)
    : addBot(organisation, conversation, flow);
}

function addBot(
  organisation: Organisation,
  conversation: ConversationRecord,
  { id, name }: FlowRecord,
): ConversationRecord {
  return joinConversation(organisation, conversation, {
    purpose: "botflow",
    name,
    address: id,
    direction: "inbound",
    state: "connected",
  });
}

/** A conversation without anybody yet; not stored. */
export function beginConversation(
  { chance, timestamp }: Organisation,
  integrationId: string,
  address: string,
  originatingDirection: ConversationRecord["originatingDirection"],
): ConversationRecord {
  return {
    id: chance.uuid(),
    integrationId,
    address,
    originatingDirection,
    startTime: timestamp(),
    endTime: undefined,
    participants: [],
  };
}

/** The customer in a conversation, who joins where missing. */
export function ensureCustomer(
  organisation: Organisation,
  conversation: ConversationRecord,
  { id, name }: Customer,
): ConversationRecord {
  if (presentParticipant(conversation, "customer") !== undefined) return conversation;
  return joinConversation(organisation, conversation, {
    purpose: "customer",
    name,
    address: id,
    direction: "inbound",
    state: "connected",
  });
}

/** The conversation that ended last, where a message still reopens it. */
export function findReopenable(organisation: Organisation, integrationId: string, address: string) {
  const earliestEnd = new Date(organisation.clock.now() - threadingMs(organisation)).toISOString();
  return organisation.conversations.findLast(
    "address",
    address,
    (ended) =>
      ended.integrationId === integrationId && ended.endTime !== undefined && ended.endTime >= earliestEnd,
  );
}

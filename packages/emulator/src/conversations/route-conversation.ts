import type { Organisation } from "../organisation/organisation.ts";
import type { AgentRecord, ConversationRecord } from "../organisation/records.ts";
import {
  disconnected,
  isLive,
  joinConversation,
  presentParticipant,
  withParticipant,
} from "./participants.ts";

/** Offers a conversation to the agent with the fewest, if possible not to the one who left it; it waits in the queue where there is none. */
export function routeToAgent(
  organisation: Organisation,
  conversation: ConversationRecord,
  leftBy?: string,
): ConversationRecord {
  const agent = leastBusyAgent(organisation, leftBy);
  const queued = presentParticipant(conversation, "acd");
  if (agent === undefined) return queued === undefined ? addQueue(organisation, conversation) : conversation;
  const left =
    queued === undefined
      ? conversation
      : withParticipant(conversation, disconnected(queued, "transfer", organisation.timestamp()));
  return addAgent(organisation, left, agent);
}

function addQueue(organisation: Organisation, conversation: ConversationRecord): ConversationRecord {
  return joinConversation(organisation, conversation, {
    purpose: "acd",
    name: "Queue",
    address: "queue",
    direction: "inbound",
    state: "connected",
  });
}

/** Brings an agent into a conversation: alerting, or connected where the agent answers by itself. */
export function addAgent(
  organisation: Organisation,
  conversation: ConversationRecord,
  agent: AgentRecord,
): ConversationRecord {
  return joinConversation(organisation, conversation, {
    purpose: "agent",
    name: agent.name,
    address: agent.id,
    direction: "inbound",
    state: agent.autoAnswer ? "connected" : "alerting",
    userId: agent.id,
  });
}

function leastBusyAgent(
  { agents, conversations }: Organisation,
  leftBy: string | undefined,
): AgentRecord | undefined {
  const others = [...agents.values()].filter(({ id }) => id !== leftBy);
  const all = others.length === 0 ? [...agents.values()] : others;
  if (all.length < 2) return all[0];
  const load = new Map(all.map(({ id }) => [id, 0]));
  for (const conversation of conversations.values()) {
    if (!isLive(conversation)) continue;
    const userId = presentParticipant(conversation, "agent")?.userId;
    if (userId !== undefined) load.set(userId, (load.get(userId) ?? 0) + 1);
  }
  return all.toSorted((one, other) => (load.get(one.id) ?? 0) - (load.get(other.id) ?? 0))[0];
}

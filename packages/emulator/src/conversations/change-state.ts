import { ApiError } from "../http/api-error.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { AgentRecord, ConversationRecord } from "../organisation/records.ts";
import { endConversation } from "./end-conversation.ts";
import { disconnected, isLive, saveConversation, withParticipant } from "./participants.ts";
import type { Place } from "./place.ts";
import { addAgent, routeToAgent } from "./route-conversation.ts";

const states = ["connected", "parked", "disconnected"] as const;

/**
 * Answers, parks, or leaves. With the last one who answers gone, the conversation is over.
 *
 * @param allowed The states that a participant can be brought to here.
 * @throws ApiError for another state, or a conversation that is over.
 */
export function changeState(
  organisation: Organisation,
  { conversation, participant }: Place,
  state: string | undefined,
  allowed: readonly (typeof states)[number][] = ["connected", "disconnected"],
): ConversationRecord {
  const wanted = allowed.find((name) => name === state);
  if (wanted === undefined)
    throw new ApiError(
      "invalid.value",
      `Value [${state}] is not valid for field type [state]. Allowable values are: ${allowed.join(", ")}`,
    );
  refuseEnded(conversation);
  if (wanted === "disconnected") return leave(organisation, { conversation, participant });
  const connectedTime = participant.connectedTime ?? organisation.timestamp();
  return saveConversation(
    organisation,
    withParticipant(conversation, { ...participant, state: wanted, connectedTime }),
  );
}

/** Puts an agent in a participant's place; without one, whoever has the fewest conversations. */
export function replaceParticipant(
  organisation: Organisation,
  { conversation, participant }: Place,
  agent: AgentRecord | undefined,
): ConversationRecord {
  refuseEnded(conversation);
  const left = withParticipant(conversation, disconnected(participant, "transfer", organisation.timestamp()));
  return agent === undefined
    ? routeToAgent(organisation, left, participant.userId)
    : addAgent(organisation, left, agent);
}

function leave(organisation: Organisation, { conversation, participant }: Place): ConversationRecord {
  const left = withParticipant(conversation, disconnected(participant, "client", organisation.timestamp()));
  const isSomebodyLeft = left.participants.some(
    ({ purpose, state }) => purpose !== "customer" && state !== "disconnected",
  );
  return isSomebodyLeft && participant.purpose !== "customer"
    ? saveConversation(organisation, left)
    : endConversation(organisation, left, "peer");
}

function refuseEnded(conversation: ConversationRecord): void {
  if (!isLive(conversation)) throw new ApiError("bad.request", "The conversation is disconnected.");
}

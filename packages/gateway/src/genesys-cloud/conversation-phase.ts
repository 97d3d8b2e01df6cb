import type { ContactState } from "@quickcard/client";
import type { Conversation, Participant } from "@quickcard/client/genesys-cloud";

/** States of a communication in which somebody is, or is about to be, in the conversation. */
const present: readonly (string | undefined)[] = ["alerting", "connected", "parked"];

/**
 * What a conversation of Genesys Cloud is as the state of a contact: `closed` when it has ended, `queued` while it waits for
 * an agent, `active` with an agent, a bot or a flow.
 */
export function conversationPhase({ endTime, participants }: Conversation): ContactState {
  if (endTime !== undefined) return "closed";
  const customers = participants.filter(({ purpose }) => purpose === "customer" || purpose === "external");
  if (customers.length > 0 && !customers.some(isPresent)) return "closed";
  const isWithAgent = participants.some((one) => isAgent(one) && isConnected(one));
  const isWaiting = participants.some((one) => (one.purpose === "acd" || isAgent(one)) && isPresent(one));
  return isWaiting && !isWithAgent ? "queued" : "active";
}

function isAgent({ purpose }: Participant): boolean {
  return purpose === "agent" || purpose === "user";
}

function isConnected({ messages = [] }: Participant): boolean {
  return messages.some(({ state }) => state === "connected");
}

function isPresent({ endTime, messages = [] }: Participant): boolean {
  return endTime === undefined && messages.some(({ state }) => present.includes(state));
}

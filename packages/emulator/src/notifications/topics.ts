/** A topic as `GET /api/v2/notifications/availabletopics` lists it: `{id}` stands for what it is about. */
export interface Topic {
  id: string;
  description: string;
}

const about = "v2.detail.events.conversation.{id}";

/** Who comes and goes in a conversation, by the names of the topics. Programs that send have none. */
export const partyTopics = { customer: "customer", agent: "user", acd: "acd", botflow: "flow" } as const;

/** Every topic that the emulator tells on. */
export const topics: readonly Topic[] = [
  { id: "v2.users.{id}.conversations", description: "conversations of an agent" },
  { id: "v2.users.{id}.conversations.messages", description: "the same, as `MessageConversation`" },
  { id: "v2.routing.queues.{id}.conversations", description: "conversations of an integration, by its id" },
  { id: "v2.routing.queues.{id}.conversations.messages", description: "the same, as `MessageConversation`" },
  ...Object.values(partyTopics).flatMap((party) => [
    { id: `${about}.${party}.start`, description: `a participant came: ${party}` },
    { id: `${about}.${party}.end`, description: `a participant went: ${party}` },
  ]),
  { id: `${about}.attributes`, description: "a participant's attributes changed" },
  { id: `${about}.acw`, description: "a participant's wrap-up was written" },
];

const patterns = topics.map(
  ({ id }) => new RegExp(`^${id.replaceAll(".", "\\.").replace("{id}", "[\\w-]+")}$`),
);

/** Whether the emulator tells on a topic of this name. */
export function isKnownTopic(name: string): boolean {
  return patterns.some((pattern) => pattern.test(name));
}

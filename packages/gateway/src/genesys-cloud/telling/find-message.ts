import type { MessageData } from "@quickcard/client/genesys-cloud";
import type { Cloud } from "../cloud.ts";

/** How far the clocks of both sides may be apart. */
const clockSkewMs = 5 * 60_000;

/** How many messages one request reads: the platform's limit. */
const bulkSize = 1000;

/** Where and for what to look. */
export interface MessageSearch {
  contactId: string;
  /** The conversation that is known of, where one is. */
  conversationId: string | undefined;
  /** Nothing before this instant is it. */
  since: number;
  now: number;
  isIt: (message: MessageData) => boolean;
  signal: AbortSignal;
}

/**
 * Looks for a message that an earlier attempt may have brought to Genesys Cloud: in the conversation that is known, then in
 * those that analytics has of the customer, for the attempt may have begun a new one.
 */
export async function findMessage(cloud: Cloud, search: MessageSearch): Promise<MessageData | undefined> {
  const { conversationId } = search;
  const found = conversationId && (await findIn(cloud, conversationId, search));
  if (found) return found;
  for (const other of await conversationsOf(cloud, search)) {
    const there = other === conversationId ? undefined : await findIn(cloud, other, search);
    if (there) return there;
  }
  return undefined;
}

async function conversationsOf(
  cloud: Cloud,
  { contactId: value, since, now, signal }: MessageSearch,
): Promise<string[]> {
  const from = new Date(since - clockSkewMs).toISOString();
  const to = new Date(now + clockSkewMs).toISOString();
  const predicates = ["addressFrom", "addressTo"].map((dimension) => ({ dimension, value }));
  const { conversations = [] } = await cloud.conversations.queryDetails(
    {
      interval: `${from}/${to}`,
      order: "desc",
      orderBy: "conversationStart",
      paging: { pageSize: 10, pageNumber: 1 },
      segmentFilters: [{ type: "or", predicates }],
    },
    { signal },
  );
  return conversations.flatMap(({ conversationId }) =>
    typeof conversationId === "string" ? [conversationId] : [],
  );
}

async function findIn(
  cloud: Cloud,
  conversationId: string,
  { since, isIt, signal }: MessageSearch,
): Promise<MessageData | undefined> {
  const { participants } = await cloud.conversations.get(conversationId, { signal });
  const details = participants.flatMap(({ messages = [] }) =>
    messages.flatMap((side) => side.messages ?? []),
  );
  const ids = details.flatMap(({ messageId, messageTime }) =>
    messageId && !(Date.parse(messageTime ?? "") < since - clockSkewMs) ? [messageId] : [],
  );
  const list = [...new Set(ids)];
  for (let from = 0; from < list.length; from += bulkSize) {
    const part = list.slice(from, from + bulkSize);
    const { entities = [] } = await cloud.messages.getBulk(conversationId, part, { signal });
    const found = entities.find(isIt);
    if (found) return found;
  }
  return undefined;
}

/** Whether a message is the one that a customer sent with this id. */
export function hasProviderId(messageId: string): (message: MessageData) => boolean {
  return ({ providerMessageId, normalizedMessage }) =>
    providerMessageId === messageId || normalizedMessage?.channel?.messageId === messageId;
}

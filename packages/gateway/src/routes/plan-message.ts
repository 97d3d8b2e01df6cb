import type { MessageRequest, Notice } from "@quickcard/client";
import type { Channel } from "@quickcard/content";
import type { ChannelAdapter } from "../channels/channel.ts";
import { type ApiError, fieldError } from "../http/api-error.ts";
import type { RenderingRecord } from "../store/channel-records.ts";
import type { OutboundRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";

/** The ways to customers that this gateway has, by name. */
export type Channels = ReadonlyMap<Channel, ChannelAdapter>;

type NewMessage = Omit<OutboundRecord, "conversationId">;

/** What a message's channel is to be given, or the refusal; neither where the content goes as it is. */
export async function planMessage(
  { store, channels }: { store: Store; channels: Channels },
  message: NewMessage,
  { adaptation }: Pick<MessageRequest, "adaptation">,
): Promise<{ rendering?: RenderingRecord; refusal?: ApiError }> {
  const hasPlans = [...channels.values()].some((channel) => channel.plan);
  const contact = hasPlans ? await store.findContact(message.contactId) : undefined;
  if (!contact) return {};
  const channel = channels.get(contact.channel);
  if (!channel) return { refusal: channelUnavailable(contact.channel, channels) };
  if (!channel.plan) return {};
  const { id: messageId, content, sendAt, createdAt } = message;
  const deliverAt = Math.max(sendAt ?? createdAt, createdAt);
  const plan = channel.plan({ messageId, content, adaptation, contact, deliverAt });
  if (plan.kind === "planned") return { rendering: plan.rendering };
  return { refusal: fieldError(plan.code, `/content${plan.pointer}`, plan.message) };
}

/** The refusal of a channel that this gateway was not given the credentials of. */
export function channelUnavailable(channel: Channel, channels: Channels): ApiError {
  return fieldError(
    "channel.unavailable",
    "/channel",
    `This gateway has no channel "${channel}"; it has ${[...channels.keys()].join(", ")}. Start it with the settings of that channel, or use another one.`,
  );
}

/** The changes that were made of messages so that their channels can show them, by the messages' ids. */
export async function findNotices(
  { store, channels }: { store: Store; channels: Channels },
  messages: readonly { id: string; direction: string }[],
): Promise<ReadonlyMap<string, Notice[]>> {
  const ids = messages.filter(({ direction }) => direction === "outbound").map(({ id }) => id);
  const hasPlans = [...channels.values()].some((channel) => channel.plan);
  if (!hasPlans || ids.length === 0) return new Map();
  const renderings = await store.findRenderings(ids);
  return new Map([...renderings].map(([id, { notices }]) => [id, notices]));
}

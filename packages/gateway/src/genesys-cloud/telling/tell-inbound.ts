import { OpenMessagingError } from "@quickcard/client";
import type { OpenInboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import { isMedia } from "../../media/is-media.ts";
import type { ContactRecord, EventRecord, InboundRecord, OutboundRecord } from "../../store/records.ts";
import { integrationOf, type LinkIntegration } from "../integrations.ts";
import { findMessage, hasProviderId } from "./find-message.ts";
import { toInboundMedia, toInboundText, toStructuredResponse } from "./inbound-requests.ts";
import type { Telling } from "./telling.ts";

type InboundEvent = Extract<EventRecord, { type: "message.inbound" }>;

/** Tells what a customer wrote or tapped. */
export async function tellInbound(telling: Telling<InboundEvent>): Promise<void> {
  const { store, event, integrations } = telling;
  const contact = await store.findContact(event.contactId);
  const integration = contact && integrationOf(integrations, contact.channel);
  if (!contact || !integration || (await isThere(telling))) return;
  const tapped = await findTapped(telling, event.message);
  if (tapped && (await sendTap(telling, contact, tapped))) return;
  await sendMessage(telling, contact, integration);
}

/**
 * Whether an earlier attempt brought it there. Where it did not, it is sent again with the same message id and time, of which
 * Genesys Cloud says that each combination is one message.
 */
async function isThere(telling: Telling<InboundEvent>): Promise<boolean> {
  const { cloud, store, event, isRepeated, now, policy, signal } = telling;
  if (!isRepeated) return false;
  const { contactId, message } = event;
  const conversation = await store.findLinkedConversation(contactId);
  const there = await findMessage(cloud, {
    contactId,
    conversationId: conversation?.remoteId,
    since: message.createdAt,
    now: now(),
    isIt: hasProviderId(message.id),
    signal,
  });
  const { conversationId: remoteId, normalizedMessage } = there ?? {};
  const integrationId = normalizedMessage?.channel?.id ?? conversation?.integrationId;
  if (remoteId && integrationId) {
    await store.linkConversation({ contactId, integrationId, remoteId }, policy.activeCheckMs);
  }
  return there !== undefined;
}

interface Tapped {
  integrationId: string;
  remoteId: string;
  message: OutboundRecord;
}

/** The message of Genesys Cloud that was tapped; `undefined` where it was one of our own, or none. */
async function findTapped({ store }: Telling, message: InboundRecord): Promise<Tapped | undefined> {
  if (message.content.type !== "tap") return undefined;
  const { messageId } = message.content;
  const linked = await store.findLinkedMessage(messageId);
  if (linked?.role !== "origin") return undefined;
  const tapped = await store.findMessage(message.contactId, messageId);
  if (tapped?.direction !== "outbound") return undefined;
  return { integrationId: linked.integrationId, remoteId: linked.remoteId, message: tapped };
}

/** `false` where Genesys Cloud does not take it as an answer any more, such as after the conversation's end: it is then told as text. */
async function sendTap(
  { cloud, event, signal }: Telling<InboundEvent>,
  contact: ContactRecord,
  tapped: Tapped,
): Promise<boolean> {
  const body = toStructuredResponse(contact, event.message, tapped);
  if (!body) return false;
  try {
    await cloud.openMessaging.receiveStructuredResponse(tapped.integrationId, body, { signal });
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** Whether this request was refused, and not for credentials, permissions or quota: it changed nothing, and another form may do. */
function isRefused(error: unknown): boolean {
  if (!OpenMessagingError.is(error) || error.fate !== "not_applied") return false;
  return error.status !== undefined && ![401, 403, 429].includes(error.status);
}

async function sendMessage(
  telling: Telling<InboundEvent>,
  contact: ContactRecord,
  { id: integrationId }: LinkIntegration,
): Promise<void> {
  const { store, policy } = telling;
  const conversationId = await receive(telling, contact, integrationId);
  if (!conversationId) return;
  const conversation = { contactId: contact.id, integrationId, remoteId: conversationId };
  await store.linkConversation(conversation, policy.activeCheckMs);
}

/** A medium that Genesys Cloud does not take, such as one of a kind that the integration lets not through, is told in words. */
async function receive(
  { cloud, event, mediaUrl, signal }: Telling<InboundEvent>,
  contact: ContactRecord,
  integrationId: string,
): Promise<string | undefined> {
  const send = async (body: OpenInboundNormalizedMessage) => {
    const options = { prefetchConversationId: true, signal };
    return (await cloud.openMessaging.receiveMessage(integrationId, body, options)).conversationId;
  };
  const message = withAddress(event.message, mediaUrl?.(contact, event.message.id));
  const words = toInboundText(contact, message);
  const media = toInboundMedia(contact, message);
  if (!media) return send(words);
  try {
    return await send(media);
  } catch (error) {
    if (isRefused(error)) return send(words);
    throw error;
  }
}

/** A medium that its channel gives out to nobody else is at the gateway. */
function withAddress(message: InboundRecord, url: string | undefined): InboundRecord {
  const { content } = message;
  if (url === undefined || !isMedia(content) || content.url !== undefined) return message;
  return { ...message, content: { ...content, url } };
}

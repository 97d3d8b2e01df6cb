import type { OpenOutboundNormalizedMessage, ReasonCode } from "@quickcard/client/genesys-cloud";
import type { Content } from "@quickcard/content";
import { planDelivery } from "../../routes/plan-delivery.ts";
import type { RenderingRecord } from "../../store/channel-records.ts";
import type { ContactRecord, OutboundRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { isCustomerOf, type LinkIntegration } from "../integrations.ts";
import type { LinkPolicy } from "../link-policy.ts";
import { remoteMessageId } from "../remote-message-id.ts";
import { contentTypeKey } from "../telling/inbound-requests.ts";
import { markedMessageId } from "../transcript.ts";
import { toOutboundContents } from "./outbound-content.ts";

/** The part of the store that takes webhooks. */
export type IntakeStore = Pick<
  Store,
  | "findContact"
  | "updateContact"
  | "acceptMessage"
  | "recordLinkedMessage"
  | "findLinkedMessage"
  | "findMessage"
  | "linkConversation"
  | "findLinkedConversation"
>;

/** What taking a webhook stands on. */
export interface TakeOptions {
  store: IntakeStore;
  integrations: readonly LinkIntegration[];
  allowHttp: boolean;
  /** What the contact's channel is to be given of a message, or why it takes none. */
  plan?: PlanForChannel;
  policy: LinkPolicy;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Plans a message that is about to be accepted for its contact's channel. */
export type PlanForChannel = (
  message: Omit<OutboundRecord, "conversationId">,
) => Promise<{ rendering?: RenderingRecord; refusal?: { message: string } }>;

/** What became of a webhook. */
export type Taken =
  | { kind: "accepted"; messageIds: string[] }
  /** Our own text, come back; receipts; typing. */
  | { kind: "nothing-to-show" }
  | NotShown;

/** The customer will not see it: Genesys Cloud is to be told so. */
export interface NotShown {
  kind: "not-shown";
  remoteId: string;
  contactId: string;
  reason: { code: ReasonCode; message: string };
}

/**
 * Takes what Genesys Cloud posted: a message for a customer, or what is none. However often the same comes, it is taken once.
 *
 * @throws StoreUnavailableError
 */
export async function takeWebhook(
  options: TakeOptions,
  integrationId: string,
  message: OpenOutboundNormalizedMessage,
): Promise<Taken> {
  if (message.type !== "Text" && message.type !== "Structured") return { kind: "nothing-to-show" };
  if (message.direction === "Inbound") return { kind: "nothing-to-show" };
  const { id: remoteId } = message;
  const contactId = message.channel.to.id;
  const contact = await options.store.findContact(contactId);
  if (!contact || !(await isCustomerOf(options, contact, integrationId))) {
    const reason = { code: "InvalidDestination", message: "There is no such customer here." } as const;
    return { kind: "not-shown", remoteId, contactId, reason };
  }
  await keepConversation(options, contact, integrationId, message.conversationId);
  if (await isEcho(options, contact, integrationId, message)) return { kind: "nothing-to-show" };
  const { contents, lost } = toOutboundContents(message, options);
  if (contents.length === 0) {
    const what = lost.length > 0 ? `Nothing here can show ${lost.join(", ")}.` : "It is empty.";
    return { kind: "not-shown", remoteId, contactId, reason: { code: "UnsupportedMessage", message: what } };
  }
  return accept(options, { contact, integrationId, message, contents });
}

async function keepConversation(
  { store, policy }: TakeOptions,
  { id: contactId }: ContactRecord,
  integrationId: string,
  conversationId: string | undefined,
): Promise<void> {
  if (!conversationId) return;
  await store.linkConversation({ contactId, integrationId, remoteId: conversationId }, policy.activeCheckMs);
}

/** Whether it is the text of a message of ours that we put into the transcript. Keeps that it came back: it is there. */
async function isEcho(
  { store, now }: TakeOptions,
  { id: contactId }: ContactRecord,
  integrationId: string,
  message: OpenOutboundNormalizedMessage,
): Promise<boolean> {
  const messageId = markedMessageId(message.text);
  if (messageId === undefined) return false;
  const ours = await store.findMessage(contactId, messageId);
  if (ours?.direction !== "outbound") return false;
  const place = { messageId, contactId, integrationId, remoteId: message.id, part: 0, parts: 1 };
  await store.recordLinkedMessage({ ...place, role: "transcript", createdAt: now() });
  return true;
}

interface Accepting {
  contact: ContactRecord;
  integrationId: string;
  message: OpenOutboundNormalizedMessage;
  contents: Content[];
}

async function accept(options: TakeOptions, accepting: Accepting): Promise<Taken> {
  const messageIds: string[] = [];
  for (const [part, content] of accepting.contents.entries()) {
    const taken = await acceptPart(options, accepting, content, part);
    if ("refusal" in taken) {
      const { message, contact } = accepting;
      const reason = { code: "MessageNotAllowed", message: taken.refusal } as const;
      return { kind: "not-shown", remoteId: message.id, contactId: contact.id, reason };
    }
    messageIds.push(taken.id);
  }
  return { kind: "accepted", messageIds };
}

async function acceptPart(
  { store, policy, plan, now }: TakeOptions,
  { contact, integrationId, message, contents }: Accepting,
  content: Content,
  part: number,
): Promise<{ id: string } | { refusal: string }> {
  const { id: remoteId } = message;
  const id = remoteMessageId(integrationId, remoteId, part);
  const createdAt = now();
  const known = await store.findLinkedMessage(id);
  // Its key may have expired by now.
  if (known && createdAt - known.createdAt > policy.dedupeMs / 2) return { id };
  const record = {
    id,
    contactId: contact.id,
    direction: "outbound",
    status: "queued",
    content,
    metadata: metadataOf(message),
    ...planDelivery({}, createdAt),
    createdAt,
  } as const;
  const { rendering, refusal } = (await plan?.(record)) ?? {};
  // What was taken before stays taken, whatever the channel would say of it now.
  if (refusal && !known) return { refusal: refusal.message };
  // First where it is, then the message: whoever sees the message sees whose it is.
  const place = {
    messageId: id,
    contactId: contact.id,
    integrationId,
    remoteId,
    part,
    parts: contents.length,
  };
  await store.recordLinkedMessage({ ...place, role: "origin", createdAt });
  const claim = {
    clientId: "genesys-cloud",
    route: integrationId,
    key: `${remoteId}/${part}`,
    fingerprint: "",
    expiresAt: createdAt + policy.dedupeMs,
  };
  const accepted = await store.acceptMessage(record, claim, rendering);
  if (accepted.kind !== "closed") return { id };
  // An agent has something to say: the conversation goes on.
  await store.updateContact(contact.id, { state: "active" }, createdAt);
  await store.acceptMessage(record, claim, rendering);
  return { id };
}

/** What programs may want to know of a message that is not theirs. */
function metadataOf({
  id,
  originatingEntity,
  content,
}: OpenOutboundNormalizedMessage): Record<string, string> {
  const type = content?.[0]?.contentType;
  return {
    genesysMessageId: id,
    ...(originatingEntity ? { genesysOriginatingEntity: originatingEntity } : {}),
    ...(type ? { [contentTypeKey]: type } : {}),
  };
}

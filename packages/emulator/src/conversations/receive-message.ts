import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, IntegrationRecord, MessageRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";
import { ensureAnswerer, openConversation } from "./find-conversation.ts";
import { presentParticipant, saveConversation, withParticipant } from "./participants.ts";
import { saveMessage } from "./save-message.ts";

/** What came from the customer: its channel, and the rest of the normalized message. */
export interface ReceivedMessage {
  channel: Wire<"OpenInboundMessageMessagingChannel">;
  body: Pick<Wire<"ConversationNormalizedMessage">, "type" | "text" | "content" | "metadata">;
}

/** Puts a customer's message into their conversation, which it opens if it has to, and calls whoever answers. */
export function receiveMessage(
  organisation: Organisation,
  integration: IntegrationRecord,
  received: ReceivedMessage,
): MessageRecord {
  const { from } = received.channel;
  const opened = openConversation(organisation, integration, { id: from.id, name: nameOf(from) });
  const described = describeCustomer(organisation, opened, customAttributesOf(received.channel));
  const conversation = ensureAnswerer(organisation, integration, described);
  return saveMessage(organisation, toRecord(organisation, integration, conversation, received));
}

/** Notes what a program tells of the customer, as participant data. */
function describeCustomer(
  organisation: Organisation,
  conversation: ConversationRecord,
  told: Readonly<Record<string, string>>,
): ConversationRecord {
  const customer = presentParticipant(conversation, "customer");
  const isNew = Object.entries(told).some(([name, value]) => customer?.attributes[name] !== value);
  if (customer === undefined || !isNew) return conversation;
  const attributes = { ...customer.attributes, ...told };
  return saveConversation(organisation, withParticipant(conversation, { ...customer, attributes }));
}

/** `channel.metadata.customAttributes`, which no type of the SDK has and programs send all the same (gildas/go-gcloudcx, `OpenMessageChannel`). */
function customAttributesOf({ metadata }: ReceivedMessage["channel"]): Record<string, string> {
  const told = (metadata as { customAttributes?: unknown } | undefined)?.customAttributes;
  if (typeof told !== "object" || told === null) return {};
  const texts = Object.entries(told).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}

/** Puts a customer's message into a conversation that is there. */
export function receiveInto(
  organisation: Organisation,
  integration: IntegrationRecord,
  conversation: ConversationRecord,
  received: ReceivedMessage,
): MessageRecord {
  return saveMessage(organisation, toRecord(organisation, integration, conversation, received));
}

function toRecord(
  organisation: Organisation,
  integration: IntegrationRecord,
  conversation: ConversationRecord,
  { channel, body }: ReceivedMessage,
): MessageRecord {
  const id = organisation.chance.messageId();
  const customer = presentParticipant(conversation, "customer");
  return {
    id,
    conversationId: conversation.id,
    communicationId: customer?.communicationId ?? "",
    integrationId: integration.id,
    address: channel.from.id,
    direction: "inbound",
    status: "received",
    timestamp: organisation.timestamp(),
    providerMessageId: channel.messageId,
    normalizedMessage: {
      id,
      ...body,
      direction: "Inbound",
      channel: inboundChannel(integration, channel),
    },
    receipts: [],
    error: undefined,
  };
}

/** The channel of a customer's message as the platform answers and stores it. */
export function inboundChannel(
  integration: IntegrationRecord,
  channel: Wire<"OpenInboundMessagingChannel"> & { messageId?: string; metadata?: unknown },
) {
  const { from, time, messageId, metadata } = channel;
  return {
    id: integration.id,
    platform: "Open",
    type: "Private",
    ...(messageId === undefined ? {} : { messageId }),
    to: { id: integration.id, idType: "Opaque" as const, nickname: integration.name },
    from,
    time,
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function nameOf({ nickname, firstName, lastName, id }: Wire<"OpenMessagingFromRecipient">): string {
  return nickname ?? ([firstName, lastName].filter(Boolean).join(" ") || id);
}

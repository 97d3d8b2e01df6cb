import { applyReceipt } from "../conversations/apply-receipt.ts";
import { findLiveConversation } from "../conversations/find-conversation.ts";
import { inboundChannel, receiveInto, receiveMessage } from "../conversations/receive-message.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { isMediaAllowed } from "../integrations/allowed-media.ts";
import { findReadyIntegration } from "../integrations/find-integration.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { IntegrationRecord, MessageRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";

const path = "/api/v2/conversations/messages/{integrationId}/inbound/open";
const permissions = { all: ["conversation:message:receive"] } as const;

/** What an integration tells of its customers: messages, typing, receipts, taps. */
export const inboundRoutes = [
  route({
    method: "POST",
    path: `${path}/message`,
    permissions,
    body: "OpenInboundNormalizedMessage",
    handle: ({ organisation, params, query, body }) => {
      const message = receiveOnce(organisation, params.integrationId, body);
      return {
        body: {
          ...pickAnswer(message, ["id", "channel", "type", "text", "content", "metadata"]),
          ...(query.get("prefetchConversationId") === "true"
            ? { conversationId: message.conversationId }
            : {}),
        },
      };
    },
  }),
  route({
    method: "POST",
    path: `${path}/structured/response`,
    permissions,
    body: "OpenInboundStructuredResponseMessage",
    handle: ({ organisation, params, body }) => {
      const integration = findReadyIntegration(organisation, params.integrationId);
      const repeated = findRepeated(organisation, integration, body.channel);
      const message = repeated ?? receiveTap(organisation, integration, body);
      return { body: pickAnswer(message, ["id", "channel", "type", "direction", "content", "metadata"]) };
    },
  }),
  route({
    method: "POST",
    path: `${path}/event`,
    permissions,
    body: "OpenInboundNormalizedEvent",
    handle: ({ organisation, params, body }) => {
      const integration = findReadyIntegration(organisation, params.integrationId);
      const live = findLiveConversation(organisation, integration.id, body.channel.from.id);
      if (live !== undefined)
        organisation.events.tell({ type: "typing", conversationId: live.id, from: "customer" });
      return {
        body: {
          id: organisation.chance.messageId(),
          channel: inboundChannel(integration, body.channel),
          type: "Event",
          events: body.events.map(({ eventType }) => ({ eventType, typing: { type: "On" } })),
        },
      };
    },
  }),
  route({
    method: "POST",
    path: `${path}/receipt`,
    permissions,
    body: "OpenInboundNormalizedReceipt",
    handle: ({ organisation, params, body }) => ({
      body: applyReceipt(organisation, findReadyIntegration(organisation, params.integrationId), body),
    }),
  }),
];

/** A customer's message, as either operation that takes one has it. */
type InboundMessage = Pick<Wire<"OpenInboundNormalizedMessage">, "channel" | "text" | "metadata"> & {
  content?: { attachment?: Wire<"ConversationContentAttachment"> }[];
};

/** Takes a customer's message, or finds it where it came before. @throws ApiError */
export function receiveOnce(
  organisation: Organisation,
  integrationId: string | undefined,
  body: InboundMessage,
): MessageRecord {
  const integration = findReadyIntegration(organisation, integrationId);
  checkMessage(body);
  return (
    findRepeated(organisation, integration, body.channel) ??
    receiveMessage(organisation, integration, readMessage(organisation, integration, body))
  );
}

/** One of text and content is needed; the words are the platform's (community.genesys.com, 11 June 2025). */
function checkMessage({ text, content }: InboundMessage): void {
  if (text === undefined && content === undefined)
    throw new ApiError(
      "bad.request",
      "should have required property 'content', should have required property '.text', should match some schema in anyOf",
    );
  if (content !== undefined && content.length > 1)
    throw new ApiError("bad.request", "If contentType = Attachment only one item is allowed.");
}

/** What is stored of a message. Media that the integration's profile does not let in are left out, as the platform does. */
function readMessage(
  organisation: Organisation,
  integration: IntegrationRecord,
  { channel, text, content, metadata }: InboundMessage,
) {
  const allowed = content?.filter(
    ({ attachment }) =>
      attachment === undefined || isMediaAllowed(organisation, integration, "inbound", attachment.mime),
  );
  return {
    channel,
    body: {
      type: "Text" as const,
      ...(text === undefined ? {} : { text }),
      ...(allowed === undefined
        ? {}
        : {
            content: allowed.map(({ attachment }) => ({
              contentType: "Attachment" as const,
              ...(attachment === undefined ? {} : { attachment }),
            })),
          }),
      ...(metadata === undefined ? {} : { metadata }),
    },
  };
}

/** A tap joins the conversation of the message that it answers; it never starts one. */
function receiveTap(
  organisation: Organisation,
  integration: IntegrationRecord,
  { channel, buttonResponse, originatingMessageId }: Wire<"OpenInboundStructuredResponseMessage">,
): MessageRecord {
  const live = findLiveConversation(organisation, integration.id, channel.from.id);
  const original = organisation.messages.get(originatingMessageId);
  if (original?.integrationId !== integration.id) throw notFound("originating message");
  if (live === undefined)
    throw new ApiError("bad.request", "A structured response has to be part of an existing conversation.");
  const { type, text, payload } = buttonResponse;
  return receiveInto(organisation, integration, live, {
    channel,
    body: {
      type: "Structured",
      text,
      content: [
        { contentType: "ButtonResponse", buttonResponse: { originatingMessageId, type, text, payload } },
      ],
    },
  });
}

/**
 * A message that came before with the same id and time. The platform says that both together must be unique, not what it does where they
 * are not (developer.genesys.cloud, Open Messaging, "Outbound messages"); the emulator gives the first one's answer again.
 */
function findRepeated(
  { messages }: Organisation,
  { id }: IntegrationRecord,
  channel: Wire<"OpenInboundMessageMessagingChannel">,
): MessageRecord | undefined {
  return messages.findLast(
    "providerMessageId",
    channel.messageId,
    ({ integrationId, normalizedMessage }) =>
      integrationId === id && normalizedMessage.channel?.time === channel.time,
  );
}

/** What an operation answers of a message. */
export function pickAnswer(
  { normalizedMessage }: MessageRecord,
  keys: readonly (keyof Wire<"ConversationNormalizedMessage">)[],
) {
  const answer: Record<string, unknown> = {};
  for (const key of keys) if (normalizedMessage[key] !== undefined) answer[key] = normalizedMessage[key];
  return answer;
}

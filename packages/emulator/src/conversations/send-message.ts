import { isMediaAllowed } from "../integrations/allowed-media.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, IntegrationRecord, MessageRecord } from "../organisation/records.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import type { Wire } from "../wire/models.ts";
import { saveMessage } from "./save-message.ts";

/** What goes to the customer. */
export interface SentMessage {
  communicationId: string;
  originatingEntity: "Human" | "Bot";
  body: Pick<Wire<"ConversationNormalizedMessage">, "type" | "text" | "content">;
}

/**
 * Stores a message to the customer and queues its webhook: whoever sent it, the integration hears of it. One with media that the
 * integration's profile does not let out has failed, and goes nowhere.
 */
export function sendMessage(
  organisation: Organisation,
  webhooks: WebhookQueue,
  conversation: ConversationRecord,
  sent: SentMessage,
): MessageRecord {
  const integration = organisation.integrations.get(conversation.integrationId);
  const id = organisation.chance.messageId();
  const channel = outboundChannel(organisation, integration, conversation, id);
  const normalizedMessage: Wire<"ConversationNormalizedMessage"> = {
    id,
    channel,
    ...sent.body,
    originatingEntity: sent.originatingEntity,
    direction: "Outbound",
  };
  const isStopped =
    integration !== undefined &&
    (sent.body.content ?? []).some(
      ({ attachment }) =>
        attachment !== undefined && !isMediaAllowed(organisation, integration, "outbound", attachment.mime),
    );
  const message = saveMessage(organisation, {
    id,
    conversationId: conversation.id,
    communicationId: sent.communicationId,
    integrationId: conversation.integrationId,
    address: conversation.address,
    direction: "outbound",
    status: isStopped ? "failed" : "queued",
    timestamp: organisation.timestamp(),
    providerMessageId: undefined,
    normalizedMessage,
    receipts: [],
    error: isStopped ? mediaNotAllowed : undefined,
  });
  if (isStopped) return message;
  webhooks.enqueue({
    integrationId: conversation.integrationId,
    conversationId: conversation.id,
    messageId: id,
    body: JSON.stringify({ ...normalizedMessage, conversationId: conversation.id }),
  });
  return message;
}

const mediaNotAllowed = {
  code: "MediaTypeNotAllowed",
  message: "The integration's profile of supported content does not let this media out.",
};

/** Tells the integration that somebody types, where its messaging setting lets such events out. */
export function sendTyping(
  organisation: Organisation,
  webhooks: WebhookQueue,
  conversation: ConversationRecord,
  durationMs: number,
): void {
  organisation.events.tell({ type: "typing", conversationId: conversation.id, from: "agent" });
  const integration = organisation.integrations.get(conversation.integrationId);
  const setting = organisation.messagingSettings.get(integration?.messagingSettingId ?? "");
  if (setting?.event?.typing?.on?.outbound !== "Enabled") return;
  const id = organisation.chance.messageId();
  webhooks.enqueue({
    integrationId: conversation.integrationId,
    conversationId: conversation.id,
    messageId: undefined,
    body: JSON.stringify({
      id,
      channel: outboundChannel(organisation, integration, conversation, id),
      type: "Event",
      events: [{ eventType: "Typing", typing: { type: "On", duration: durationMs } }],
      originatingEntity: "Human",
      direction: "Outbound",
      conversationId: conversation.id,
    }),
  });
}

function outboundChannel(
  organisation: Organisation,
  integration: IntegrationRecord | undefined,
  conversation: ConversationRecord,
  messageId: string,
) {
  return {
    id: conversation.integrationId,
    platform: "Open",
    type: "Private",
    messageId,
    to: { id: conversation.address, idType: "Opaque" as const },
    from: { nickname: integration?.name ?? "", id: conversation.integrationId, idType: "Opaque" as const },
    time: organisation.timestamp(),
  };
}

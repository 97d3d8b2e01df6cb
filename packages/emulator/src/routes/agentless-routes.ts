import { endConversation } from "../conversations/end-conversation.ts";
import {
  beginConversation,
  ensureCustomer,
  findLiveConversation,
} from "../conversations/find-conversation.ts";
import { createParticipant, disconnected, saveConversation } from "../conversations/participants.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { checkText } from "../conversations/send-as-agent.ts";
import { sendMessage } from "../conversations/send-message.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { findReadyIntegration } from "../integrations/find-integration.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, MessageRecord } from "../organisation/records.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import type { Wire } from "../wire/models.ts";

/** Text from a program, without an agent. */
export function agentlessRoutes(webhooks: WebhookQueue) {
  return [
    route({
      method: "POST",
      path: "/api/v2/conversations/messages/agentless",
      permissions: { all: ["conversation:message:create"] },
      body: "SendAgentlessOutboundMessageRequest",
      handle: ({ organisation, body }) => {
        const text = readText(body);
        const message = send(organisation, webhooks, body, text);
        return { body: present(body, message) };
      },
    }),
  ];
}

/** Only `open` is emulated, and of that only text: the platform sends nothing richer by this route. */
function readText({
  toAddressMessengerType,
  textBody,
  messagingTemplate,
  toAddress,
  externalContactId,
}: Wire<"SendAgentlessOutboundMessageRequest">) {
  if (toAddressMessengerType !== "open")
    throw new ApiError("bad.request", "The emulator has integrations for toAddressMessengerType open alone.");
  if (messagingTemplate !== undefined)
    throw new ApiError("bad.request", "messagingTemplate is for WhatsApp.");
  if (externalContactId !== undefined) throw notFound("external contact");
  if (!toAddress) throw new ApiError("bad.request", "should have required property 'toAddress'");
  if (!textBody) throw new ApiError("bad.request", "should have required property 'textBody'");
  checkText(textBody);
  return textBody;
}

function send(
  organisation: Organisation,
  webhooks: WebhookQueue,
  { fromAddress, toAddress = "", useExistingActiveConversation }: Wire<"SendAgentlessOutboundMessageRequest">,
  text: string,
): MessageRecord {
  const integration = findReadyIntegration(organisation, fromAddress);
  const live = useExistingActiveConversation
    ? findLiveConversation(organisation, integration.id, toAddress)
    : undefined;
  const base = live ?? begin(organisation, integration.id, toAddress);
  const sender = createParticipant(organisation, {
    purpose: "api",
    name: "API",
    address: integration.id,
    direction: "outbound",
    state: "connected",
  });
  const left = disconnected(sender, "client", organisation.timestamp());
  const conversation = saveConversation(organisation, {
    ...base,
    participants: [...base.participants, left],
  });
  const message = sendMessage(organisation, webhooks, conversation, {
    communicationId: sender.communicationId,
    originatingEntity: "Human",
    body: { type: "Text", text },
  });
  if (live === undefined) endConversation(organisation, conversation, "client");
  return message;
}

/** A conversation of its own, which ends with the message; the customer's answer reopens it. */
function begin(organisation: Organisation, integrationId: string, address: string): ConversationRecord {
  const begun = beginConversation(organisation, integrationId, address, "outbound");
  return ensureCustomer(organisation, begun, { id: address, name: address });
}

function present(body: Wire<"SendAgentlessOutboundMessageRequest">, message: MessageRecord) {
  return {
    id: message.id,
    conversationId: message.conversationId,
    fromAddress: message.integrationId,
    toAddress: message.address,
    messengerType: "open",
    useExistingActiveConversation: body.useExistingActiveConversation ?? false,
    message: presentMessage(message),
    timestamp: message.timestamp,
    selfUri: `/api/v2/conversations/messages/${message.conversationId}/messages/${message.id}`,
  };
}

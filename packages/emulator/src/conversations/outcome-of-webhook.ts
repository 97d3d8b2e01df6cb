import type { Organisation } from "../organisation/organisation.ts";
import type { WebhookRecord } from "../organisation/records.ts";
import type { WebhookOutcome } from "../webhooks/webhook-policy.ts";
import { endConversation } from "./end-conversation.ts";
import { saveMessage } from "./save-message.ts";

/**
 * Draws the conclusions of a webhook's end. Accepted: the message is sent. Given up: it failed. Refused: the whole conversation fails
 * with it, and what else was on its way (developer.genesys.cloud forum, thread 30668).
 */
export function concludeWebhook(
  organisation: Organisation,
  { messageId, conversationId }: WebhookRecord,
  outcome: WebhookOutcome,
  status: number | undefined,
): void {
  const message = organisation.messages.get(messageId ?? "");
  if (message !== undefined && message.status === "queued") {
    const failure = `The webhook was answered with ${status ?? "nothing in time"}.`;
    saveMessage(organisation, {
      ...message,
      status: outcome === "accepted" ? "sent" : "failed",
      error: outcome === "accepted" ? undefined : { code: "GeneralError", message: failure },
    });
  }
  if (outcome !== "refused") return;
  for (const webhook of [...organisation.webhooks.values()])
    if (webhook.conversationId === conversationId) organisation.webhooks.delete(webhook.id);
  const conversation = organisation.conversations.get(conversationId);
  if (conversation !== undefined) endConversation(organisation, conversation, "transport.failure");
}

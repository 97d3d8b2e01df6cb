import { turnOf } from "../bots/ask-connector.ts";
import { applyTurn } from "../bots/bot-runner.ts";
import { isLive, presentParticipant } from "../conversations/participants.ts";
import { notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";

/** Bots that speak of their own accord, as long as their session lives. */
export function botConnectorRoutes(webhooks: WebhookQueue) {
  return [
    route({
      method: "POST",
      path: "/api/v2/integrations/botconnectors/outgoing/messages",
      permissions: { any: ["integration:botconnector:send"] },
      body: "OutgoingMessageRequest",
      handle: ({ organisation, body }) => {
        const conversation = [...organisation.conversations.values()].find(
          (candidate) =>
            isLive(candidate) &&
            presentParticipant(candidate, "botflow")?.communicationId === body.botSessionId,
        );
        if (conversation === undefined) throw notFound("bot session");
        const turn = turnOf(body.botState, body.replyMessages ?? []);
        const [first] = applyTurn(organisation, webhooks, conversation.id, turn);
        return { body: { messageId: first?.id ?? organisation.chance.messageId() } };
      },
    }),
  ];
}

import { turnOf } from "../bots/ask-connector.ts";
import { listBots, readBot } from "../bots/bot-directory.ts";
import { applyTurn } from "../bots/bot-runner.ts";
import { isLive, presentParticipant } from "../conversations/participants.ts";
import { notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import { pageOf } from "./page.ts";

const path = "/api/v2/integrations/botconnectors";
const botsPath = `${path}/{integrationId}/bots`;
const mayView = { any: ["integration:botconnector:view"] } as const;

/** Bots of Digital Bot Connectors: what their servers say of them, and what they say of their own accord as long as their session lives. */
export function botConnectorRoutes(webhooks: WebhookQueue, calls: DeliveryParts) {
  return [
    route({
      method: "GET",
      path: botsPath,
      permissions: mayView,
      handle: async ({ params, query }) => {
        const bots = await listBots(calls, params.integrationId);
        return { body: pageOf(bots, query, listUri(params.integrationId, "")) };
      },
    }),
    route({
      method: "GET",
      path: `${botsPath}/summaries`,
      permissions: mayView,
      handle: async ({ params, query }) => {
        const bots = await listBots(calls, params.integrationId);
        const summaries = bots.map(({ versions: _, ...summary }) => summary);
        return { body: pageOf(summaries, query, listUri(params.integrationId, "/summaries")) };
      },
    }),
    route({
      method: "GET",
      path: `${botsPath}/{botId}`,
      permissions: mayView,
      handle: async ({ params }) => ({ body: await readBot(calls, params.integrationId, params.botId) }),
    }),
    route({
      method: "POST",
      path: `${path}/outgoing/messages`,
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

function listUri(integrationId = "", rest: string): string {
  return `${botsPath.replace("{integrationId}", integrationId)}${rest}`;
}

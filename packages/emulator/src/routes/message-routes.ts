import { findCommunication, findConversation } from "../conversations/place.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { sendAsAgent } from "../conversations/send-as-agent.ts";
import { sendTyping } from "../conversations/send-message.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import { limits } from "../limits.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { MessageRecord } from "../organisation/records.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import { downloadUrl } from "./media-routes.ts";

const conversationPath = "/api/v2/conversations/messages/{conversationId}";
const communicationPath = `${conversationPath}/communications/{communicationId}`;
const maySend = { any: ["conversation:message:create", "conversation:webmessaging:create"] } as const;
const mayRead = { any: ["conversation:message:view", "conversation:webmessaging:view"] } as const;

const defaultTypingMs = 5000;

/** Messages of agents, and reading messages. */
export function messageRoutes(webhooks: WebhookQueue) {
  return [
    route({
      method: "POST",
      path: `${communicationPath}/messages`,
      permissions: maySend,
      body: "AdditionalMessage",
      handle: ({ organisation, params, body, origin }) => {
        const { conversation, participant } = findCommunication(organisation, params);
        const message = sendAsAgent(organisation, webhooks, conversation, participant, body, (media) =>
          downloadUrl(origin, media),
        );
        return { body: presentMessage(message) };
      },
    }),
    route({
      method: "POST",
      path: `${communicationPath}/typing`,
      permissions: maySend,
      body: "MessageTypingEventRequest",
      handle: ({ organisation, params, body }) => {
        const { conversation } = findCommunication(organisation, params);
        sendTyping(organisation, webhooks, conversation, body.typing.duration ?? defaultTypingMs);
        return {};
      },
    }),
    route({
      method: "GET",
      path: `${conversationPath}/messages/{messageId}`,
      permissions: mayRead,
      handle: ({ organisation, params }) => {
        const message = findMessage(organisation, params.messageId);
        if (message.conversationId !== params.conversationId) throw notFound("message");
        return { body: presentMessage(message) };
      },
    }),
    route({
      method: "GET",
      path: "/api/v2/conversations/messages/{messageId}/details",
      permissions: mayRead,
      handle: ({ organisation, params }) => ({
        body: presentMessage(findMessage(organisation, params.messageId)),
      }),
    }),
    route({
      method: "POST",
      path: `${conversationPath}/messages/bulk`,
      permissions: mayRead,
      body: "strings",
      handle: ({ organisation, params, body }) => {
        const { id } = findConversation(organisation, params.conversationId);
        if (body.length > limits.bulkIds.value)
          throw new ApiError("bad.request", `body should NOT have more than ${limits.bulkIds.value} items`);
        const found = body.map((messageId) => organisation.messages.get(messageId));
        const entities = found.filter((message) => message?.conversationId === id) as MessageRecord[];
        return { body: { entities: entities.map(presentMessage) } };
      },
    }),
  ];
}

function findMessage({ messages }: Organisation, id: string | undefined): MessageRecord {
  const message = messages.get(id ?? "");
  if (message === undefined) throw notFound("message");
  return message;
}

import {
  beginConversation,
  ensureCustomer,
  findLiveConversation,
  findReopenable,
} from "../conversations/find-conversation.ts";
import { joinConversation } from "../conversations/participants.ts";
import { ApiError } from "../http/api-error.ts";
import { route } from "../http/route.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { ConversationRecord, IntegrationRecord } from "../organisation/records.ts";
import type { Wire } from "../wire/models.ts";

/** A conversation that an agent begins; what is said in it goes by the agent's communication. */
export const agentConversationRoutes = [
  route({
    method: "POST",
    path: "/api/v2/conversations/messages",
    permissions: { all: ["conversation:message:create"] },
    body: "CreateOutboundMessagingConversationRequest",
    handle: ({ organisation, body }) => {
      const { id } = begin(organisation, body);
      const answer: Wire<"CreateOutboundMessagingConversationResponse"> = {
        id,
        selfUri: `/api/v2/conversations/messages/${id}`,
      };
      return { body: answer };
    },
  }),
];

function begin(
  organisation: Organisation,
  {
    queueId,
    toAddress,
    toAddressMessengerType,
    useExistingConversation,
  }: Wire<"CreateOutboundMessagingConversationRequest">,
): ConversationRecord {
  if (toAddressMessengerType !== "open")
    throw new ApiError("bad.request", "The emulator has integrations for toAddressMessengerType open alone.");
  const integration = integrationOfQueue(organisation, queueId);
  if (findLiveConversation(organisation, integration.id, toAddress) !== undefined)
    throw new ApiError("bad.request", "There is a conversation with this address already.");
  const ended = findReopenable(organisation, integration.id, toAddress);
  if (ended !== undefined && !useExistingConversation)
    throw new ApiError(
      "bad.request",
      "There is a conversation with this address within the threading window: set useExistingConversation.",
    );
  const begun: ConversationRecord =
    ended === undefined
      ? beginConversation(organisation, integration.id, toAddress, "outbound")
      : { ...ended, endTime: undefined };
  return addCaller(
    organisation,
    ensureCustomer(organisation, begun, { id: toAddress, name: toAddress }),
    integration,
  );
}

/** A queue decides the address that messages come from. There are no queues here: an integration's id stands for its queue. */
function integrationOfQueue({ integrations }: Organisation, queueId: string): IntegrationRecord {
  const ready = [...integrations.values()].filter(({ createStatus }) => createStatus === "Completed");
  const integration = ready.find(({ id }) => id === queueId) ?? ready[0];
  if (integration === undefined)
    throw new ApiError("bad.request", "The queue has no address: no integration is set up.");
  return integration;
}

/** The agent whose conversation it is: the first, since a client's token is nobody's. */
function addCaller(
  organisation: Organisation,
  conversation: ConversationRecord,
  { id: address }: IntegrationRecord,
): ConversationRecord {
  const [agent] = organisation.agents.values();
  if (agent === undefined) throw new ApiError("bad.request", "There is no agent to begin a conversation.");
  return joinConversation(organisation, conversation, {
    purpose: "agent",
    name: agent.name,
    address,
    direction: "outbound",
    state: "connected",
    userId: agent.id,
  });
}

import { changeState } from "./conversations/change-state.ts";
import { endConversation } from "./conversations/end-conversation.ts";
import { isLive } from "./conversations/participants.ts";
import { findConversation } from "./conversations/place.ts";
import { addAgent } from "./conversations/route-conversation.ts";
import { sendAsAgent } from "./conversations/send-as-agent.ts";
import { sendAsBot } from "./conversations/send-as-bot.ts";
import { sendTyping } from "./conversations/send-message.ts";
import type { Organisation } from "./organisation/organisation.ts";
import type {
  AgentRecord,
  ConversationRecord,
  MessageRecord,
  ParticipantRecord,
} from "./organisation/records.ts";
import { downloadUrl } from "./routes/media-routes.ts";
import { mediaTypeOf } from "./routes/media-type.ts";
import type { WebhookQueue } from "./webhooks/webhook-queue.ts";
import type { Wire } from "./wire/models.ts";

/** A file that an agent sends. */
export interface AgentFile {
  name: string;
  data: Uint8Array;
}

/** Somebody of the contact centre's, by hand: answers conversations, writes, sends files, ends. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** The conversations that this agent was offered or has, that are not over. */
  conversations(): ConversationRecord[];
  /** Everything said in a conversation, in order. */
  messages(conversationId: string): MessageRecord[];
  /** Takes a conversation that alerts, or joins one. Writing does this too. */
  answer(conversationId: string): void;
  /** Returns the message as it is on its way. */
  send(conversationId: string, text: string): MessageRecord;
  sendFile(conversationId: string, file: AgentFile): MessageRecord;
  /** Has a bot say something: quick replies, cards, carousels, whatever the platform's content models hold. */
  sendAsBot(conversationId: string, reply: Wire<"ReplyMessage">): MessageRecord;
  typing(conversationId: string, durationMs?: number): void;
  /** Leaves; the conversation is over where nobody else of the organisation's is in it. */
  leave(conversationId: string): void;
  /** Ends the conversation for everyone. */
  disconnect(conversationId: string): void;
}

/** What an agent's hands need. */
export interface AgentParts {
  organisation: Organisation;
  webhooks: WebhookQueue;
  /** What links to the emulator begin with. */
  origin: () => string;
}

/** Gives an agent of the organisation hands. */
export function createAgent(parts: AgentParts, { id, name }: AgentRecord): Agent {
  const { organisation, webhooks, origin } = parts;
  const { conversations, messages, flush } = organisation;
  const find = (conversationId: string) => findConversation(organisation, conversationId);
  const answer = (conversationId: string) => answerConversation(organisation, find(conversationId), id);
  const send = (conversationId: string, body: { textBody?: string; mediaIds?: string[] }) => {
    const { conversation, participant } = answer(conversationId);
    const message = sendAsAgent(organisation, webhooks, conversation, participant, body, (media) =>
      downloadUrl(origin(), media),
    );
    flush();
    return message;
  };
  return {
    id,
    name,
    conversations: () =>
      [...conversations.values()].filter(
        (conversation) => isLive(conversation) && findOwn(conversation, id) !== undefined,
      ),
    messages: (conversationId) => messages.where("conversationId", conversationId),
    answer(conversationId) {
      answer(conversationId);
      flush();
    },
    send: (conversationId, textBody) => send(conversationId, { textBody }),
    sendFile(conversationId, file) {
      const { conversation, participant } = answer(conversationId);
      return send(conversationId, { mediaIds: [storeFile(organisation, conversation, participant, file)] });
    },
    sendAsBot(conversationId, reply) {
      const message = sendAsBot(organisation, webhooks, answer(conversationId), reply);
      flush();
      return message;
    },
    typing(conversationId, durationMs = 5000) {
      sendTyping(organisation, webhooks, find(conversationId), durationMs);
      flush();
    },
    leave(conversationId) {
      const conversation = find(conversationId);
      const own = findOwn(conversation, id);
      if (own !== undefined) changeState(organisation, { conversation, participant: own }, "disconnected");
      flush();
    },
    disconnect(conversationId) {
      endConversation(organisation, find(conversationId), "client");
      flush();
    },
  };
}

function findOwn({ participants }: ConversationRecord, userId: string): ParticipantRecord | undefined {
  return participants.findLast(
    (participant) => participant.userId === userId && participant.state !== "disconnected",
  );
}

function answerConversation(organisation: Organisation, conversation: ConversationRecord, userId: string) {
  const agent = organisation.agents.get(userId) as AgentRecord;
  const joined =
    findOwn(conversation, userId) === undefined ? addAgent(organisation, conversation, agent) : conversation;
  const own = findOwn(joined, userId) as ParticipantRecord;
  if (own.state === "connected") return { conversation: joined, participant: own };
  const answered = changeState(organisation, { conversation: joined, participant: own }, "connected");
  return { conversation: answered, participant: findOwn(answered, userId) as ParticipantRecord };
}

function storeFile(
  { media, chance }: Organisation,
  conversation: ConversationRecord,
  participant: ParticipantRecord,
  { name, data }: AgentFile,
): string {
  const id = chance.uuid();
  media.put(id, {
    id,
    conversationId: conversation.id,
    communicationId: participant.communicationId,
    name,
    mediaType: mediaTypeOf(name),
    contentLengthBytes: data.length,
    status: "valid",
    uploadKey: chance.secret(),
    data: Buffer.from(data).toString("base64"),
  });
  return id;
}

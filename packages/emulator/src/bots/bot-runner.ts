import { endConversation } from "../conversations/end-conversation.ts";
import {
  disconnected,
  isLive,
  presentParticipant,
  saveConversation,
  withParticipant,
} from "../conversations/participants.ts";
import { routeToAgent } from "../conversations/route-conversation.ts";
import { sendAsBot } from "../conversations/send-as-bot.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { MessageRecord } from "../organisation/records.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import { createLanes } from "../webhooks/lanes.ts";
import type { WebhookQueue } from "../webhooks/webhook-queue.ts";
import { askConnector } from "./ask-connector.ts";
import { answerByScript, type BotTurn, handOver } from "./bot-turn.ts";

/** Lets bots answer what customers say in conversations that a bot has. */
export interface BotRunner {
  /** Resolves once no bot is at its turn. */
  settled(): Promise<void>;
  close(): void;
}

/** Begins to listen; messages that an earlier run left without an answer are answered. */
export function startBots(parts: DeliveryParts, webhooks: WebhookQueue): BotRunner {
  const { organisation } = parts;
  const turns = createLanes<MessageRecord>({
    clock: organisation.clock,
    dueAt: () => 0,
    isWanted: () => true,
    work: async (message) => {
      await takeTurn(parts, webhooks, message);
      return undefined;
    },
  });
  const hear = (message: MessageRecord) => {
    if (message.direction === "inbound" && findBot(organisation, message.conversationId) !== undefined)
      turns.add(message.conversationId, message);
  };
  const stopListening = organisation.events.listen((event) => {
    if (event.type === "message") hear(event.message);
  });
  for (const { id } of organisation.conversations.values()) {
    const last = organisation.messages.where("conversationId", id).at(-1);
    if (last !== undefined) hear(last);
  }
  return {
    settled: turns.settled,
    close() {
      stopListening();
      turns.stop();
    },
  };
}

/** A live conversation that a bot has, and the bot in it. */
function findBot({ conversations }: Organisation, conversationId: string) {
  const conversation = conversations.get(conversationId);
  if (conversation === undefined || !isLive(conversation)) return undefined;
  const participant = presentParticipant(conversation, "botflow");
  return participant && { conversation, participant };
}

async function takeTurn(parts: DeliveryParts, webhooks: WebhookQueue, message: MessageRecord): Promise<void> {
  const { organisation } = parts;
  const present = findBot(organisation, message.conversationId);
  if (present === undefined) return;
  const { conversation, participant } = present;
  const bot = organisation.flows.get(participant.address)?.bot;
  const turn =
    bot === undefined
      ? handOver
      : bot.kind === "script"
        ? answerByScript(bot, message)
        : await askConnector(parts, { bot, conversation, participant, message });
  applyTurn(organisation, webhooks, conversation.id, turn);
  organisation.tryFlush();
}

/** Sends what a bot says, and lets it go where it is done. Nothing where it has left meanwhile. */
export function applyTurn(
  organisation: Organisation,
  webhooks: WebhookQueue,
  conversationId: string,
  { replies, next }: BotTurn,
): MessageRecord[] {
  const present = findBot(organisation, conversationId);
  if (present === undefined) return [];
  const { conversation, participant } = present;
  const sent = replies.map((reply) => sendAsBot(organisation, webhooks, present, reply));
  if (next === "end") endConversation(organisation, conversation, "system");
  if (next === "agent") {
    const left = disconnected(participant, "transfer", organisation.timestamp());
    routeToAgent(organisation, saveConversation(organisation, withParticipant(conversation, left)));
  }
  return sent;
}

import type { ConversationRecord, MessageRecord, ParticipantRecord } from "../organisation/records.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import { findFaults } from "../wire/find-faults.ts";
import type { Wire } from "../wire/models.ts";
import { type BotTurn, handOver } from "./bot-turn.ts";
import { callBotServer } from "./call-bot-server.ts";
import type { ConnectedBot } from "./flow.ts";
import { readLegacyAnswer } from "./read-legacy-answer.ts";

/** The platform's default Follow-up Response Timeout, in minutes. */
const sessionTimeoutMinutes = 360;

/** What is asked, of whom, in what conversation. */
export interface BotQuestion {
  bot: ConnectedBot;
  conversation: ConversationRecord;
  /** The bot's place in the conversation; its communication is the bot's session. */
  participant: ParticipantRecord;
  message: MessageRecord;
}

/**
 * Asks a bot server for its turn, as Genesys Digital Bot Connector does, or the one before it. A server that answers late, wrongly or not
 * at all leaves the conversation to an agent.
 */
export async function askConnector(parts: DeliveryParts, question: BotQuestion): Promise<BotTurn> {
  const { bot, conversation } = question;
  const outcome = await callBotServer(
    parts,
    bot,
    {
      method: "POST",
      url: bot.kind === "connector" ? connectorUrl(bot, "/messages") : bot.url,
      body: requestOf(parts.organisation.chance.uuid(), question),
      belongsTo: { integrationId: conversation.integrationId, conversationId: conversation.id },
    },
    (said) => readTurn(bot, said),
  );
  return "answer" in outcome ? outcome.answer : handOver;
}

/** Where a Digital Bot Connector calls under the base URI of its integration. */
export function connectorUrl({ url }: ConnectedBot, path: string): string {
  return `${url.replace(/\/+$/, "")}/botconnector${path}`;
}

function requestOf(messageId: string, { bot, conversation, participant, message }: BotQuestion) {
  const { type, text, content } = message.normalizedMessage;
  const { botId, botVersion = "1", languageCode = "en-us", parameters = {} } = bot;
  return {
    botId,
    botVersion,
    botSessionId: participant.communicationId,
    messageId,
    inputMessage: {
      type,
      ...(text === undefined ? {} : { text }),
      ...(content === undefined ? {} : { content }),
    },
    languageCode,
    botSessionTimeout: sessionTimeoutMinutes,
    genesysConversationId: conversation.id,
    parameters,
  };
}

function readTurn({ kind }: ConnectedBot, said: Record<string, unknown>) {
  const { botState, replyMessages = [] } = kind === "legacy-connector" ? readLegacyAnswer(said) : said;
  if (botState !== "Complete" && botState !== "Failed" && botState !== "MoreData")
    return { mistake: "the bot's answer has no botState of Complete, Failed or MoreData" };
  const [fault] = Array.isArray(replyMessages)
    ? replyMessages.flatMap((reply) => findFaults("ReplyMessage", reply))
    : [{ message: "replyMessages should be array" }];
  if (fault !== undefined) return { mistake: `the bot's answer: ${fault.message}` };
  return { answer: turnOf(botState, replyMessages as Wire<"ReplyMessage">[]) };
}

/** What follows from a bot's answer. */
export function turnOf(
  botState: Wire<"OutgoingMessageRequest">["botState"],
  replies: readonly Wire<"ReplyMessage">[],
): BotTurn {
  return { replies, next: botState === "MoreData" ? "wait" : "agent" };
}

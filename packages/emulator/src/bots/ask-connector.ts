import { parseJson } from "../http/read-body.ts";
import { limits } from "../limits.ts";
import type { ConversationRecord, MessageRecord, ParticipantRecord } from "../organisation/records.ts";
import type { DeliveryParts } from "../webhooks/deliver-webhook.ts";
import { type CallResult, call } from "../webhooks/send-webhook.ts";
import { findFaults } from "../wire/find-faults.ts";
import type { Wire } from "../wire/models.ts";
import { type BotTurn, handOver } from "./bot-turn.ts";
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
  const { organisation, wireLog, dispatcher } = parts;
  const { bot, conversation } = question;
  const url = bot.kind === "connector" ? `${bot.url.replace(/\/+$/, "")}/botconnector/messages` : bot.url;
  const headers = { ...bot.headers, "Content-Type": "application/json" };
  const body = JSON.stringify(requestOf(organisation.chance.uuid(), question));
  const at = organisation.timestamp();
  const result = await call(dispatcher, organisation.clock, {
    method: "POST",
    url,
    headers,
    body,
    timeoutMs: bot.timeoutMs ?? limits.botTimeoutMs.value,
  });
  const { turn, mistake } = readAnswer(bot, result);
  wireLog.add({
    kind: "bot-connector",
    at,
    method: "POST",
    url,
    requestHeaders: headers,
    requestBody: body,
    durationMs: result.durationMs,
    ...(result.status === undefined ? {} : { status: result.status }),
    ...(result.headers === undefined ? {} : { responseHeaders: result.headers }),
    ...(result.body === undefined ? {} : { responseBody: result.body }),
    ...(mistake === undefined ? {} : { failure: mistake }),
    integrationId: conversation.integrationId,
    conversationId: conversation.id,
  });
  return turn;
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

function readAnswer({ kind }: ConnectedBot, result: CallResult): { turn: BotTurn; mistake?: string } {
  const mistaken = (mistake: string) => ({ turn: handOver, mistake });
  if (result.status === undefined) return mistaken(result.failure ?? "no answer");
  if (result.status < 200 || result.status > 299) return mistaken(`the bot answered with ${result.status}`);
  const said = tryParse(result.body ?? "");
  if (said === undefined) return mistaken("the bot's answer is no JSON object");
  const answer = kind === "legacy-connector" ? readLegacyAnswer(said) : said;
  const { botState, replyMessages = [] } = answer;
  if (botState !== "Complete" && botState !== "Failed" && botState !== "MoreData")
    return mistaken("the bot's answer has no botState of Complete, Failed or MoreData");
  const [fault] = Array.isArray(replyMessages)
    ? replyMessages.flatMap((reply) => findFaults("ReplyMessage", reply))
    : [{ message: "replyMessages should be array" }];
  if (fault !== undefined) return mistaken(`the bot's answer: ${fault.message}`);
  return { turn: turnOf(botState, replyMessages as Wire<"ReplyMessage">[]) };
}

/** What follows from a bot's answer. */
export function turnOf(
  botState: Wire<"OutgoingMessageRequest">["botState"],
  replies: readonly Wire<"ReplyMessage">[],
): BotTurn {
  return { replies, next: botState === "MoreData" ? "wait" : "agent" };
}

function tryParse(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

import type { BotState, ReplyMessage } from "@quickcard/client/genesys-cloud";
import { answerTurn, type Turn } from "./bot-turn.ts";
import type { MessageTemplate } from "./message-templates.ts";

/**
 * What a bot answers to the legacy Bot Connector. The npm package has no type for it: the names are those of GitHub
 * GenesysCloudBlueprints/bot-connector-for-ms-power-virtual-agent, `src/Automate_BYOB2MS.py`.
 */
export interface LegacyBotAnswer {
  botState: BotState;
  replymessages: ReplyMessage[];
  intent: string;
  confidence: number;
  slotValues: Record<string, string>;
  errorInfo?: { errorCode: string; errorMessage: string };
}

/** What the bot says to the legacy Bot Connector, whose flow may also name a template by the id of the bot that it calls. */
export function answerUtterance(templates: readonly MessageTemplate[], turn: Turn): LegacyBotAnswer {
  const parameters = { ...(turn.botId === undefined ? {} : { template: turn.botId }), ...turn.parameters };
  const answer = answerTurn(templates, { ...turn, parameters });
  const { botState, replyMessages = [], intent = "", confidence = 1, errorInfo } = answer;
  return {
    botState,
    replymessages: replyMessages,
    intent,
    confidence,
    slotValues: answer.parameters ?? {},
    ...(errorInfo === undefined ? {} : { errorInfo: toLegacyError(errorInfo) }),
  };
}

function toLegacyError({ code = "", message = "" }: { code?: string; message?: string }) {
  return { errorCode: code, errorMessage: message };
}

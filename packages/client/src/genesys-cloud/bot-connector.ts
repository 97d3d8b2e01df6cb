/** The Digital Bot Connector: how a flow talks with a bot of one's own. A preview of the platform. */
import type { ConversationMessageContent } from "./message-content.ts";

/** Whether a bot goes on: with `MoreData` its session does. */
export type BotState = "Complete" | "Failed" | "MoreData";

/** What the customer said to a bot. */
export interface InputMessage {
  type: "Text" | "Structured" | "Receipt" | "Event" | "Message" | "Unknown";
  text?: string;
  content?: ConversationMessageContent[];
}

/** What a bot says to the customer. */
export interface ReplyMessage {
  type: "Text" | "Structured" | "Receipt" | "Event" | "Message" | "Unknown";
  text?: string;
  content?: ConversationMessageContent[];
}

/** What a bot found in the customer's words: `value`, or `values` where it is a list. */
export interface BotEntityValue {
  name: string;
  type: string;
  value?: string;
  values?: string[];
}

/** What a bot says, asked or of itself while its session lives. */
export interface OutgoingMessageRequest {
  botId: string;
  botVersion: string;
  botSessionId: string;
  botState: BotState;
  languageCode: string;
  replyMessages?: ReplyMessage[];
  intent?: string;
  /** From 0 to 1. */
  confidence?: number;
  errorInfo?: { code?: string; message?: string };
  parameters?: Record<string, string>;
  entities?: BotEntityValue[];
}

/** The answer to what a bot said. */
export interface OutgoingMessageResponse {
  messageId?: string;
}

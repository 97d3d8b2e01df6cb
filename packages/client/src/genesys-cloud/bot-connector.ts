/** The Digital Bot Connector: how a flow talks with a bot of one's own. A preview of the platform. */
import type { ConversationMessageContent } from "./message-content.ts";

export type BotState = "Complete" | "Failed" | "MoreData";

export interface InputMessage {
  type: "Text" | "Structured" | "Receipt" | "Event" | "Message" | "Unknown";
  text?: string;
  content?: ConversationMessageContent[];
}

export interface ReplyMessage {
  type: "Text" | "Structured" | "Receipt" | "Event" | "Message" | "Unknown";
  text?: string;
  content?: ConversationMessageContent[];
}

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

export interface OutgoingMessageResponse {
  messageId?: string;
}

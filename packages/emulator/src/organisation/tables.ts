import type { FlowRecord } from "../bots/flow.ts";
import type { Journal } from "../journal/journal.ts";
import { Table } from "../journal/table.ts";
import { limits } from "../limits.ts";
import type { Wire } from "../wire/models.ts";
import type {
  AgentRecord,
  AnalyticsJobRecord,
  ChannelRecord,
  ConversationRecord,
  IntegrationRecord,
  MediaRecord,
  MessageRecord,
  MessagingSettingRecord,
  OAuthClientRecord,
  SupportedContentRecord,
  TokenRecord,
  WebhookRecord,
} from "./records.ts";

/** Everything that an organisation knows, by subject. */
export type Tables = ReturnType<typeof openTables>;

/** The tables of an organisation, each change of them kept in a journal. */
export function openTables(journal: Journal) {
  return {
    clients: new Table<OAuthClientRecord>(journal, { name: "clients" }),
    tokens: new Table<TokenRecord>(journal, { name: "tokens", most: limits.tokens.value }),
    integrations: new Table<IntegrationRecord>(journal, { name: "integrations" }),
    conversations: new Table<ConversationRecord, "address">(journal, {
      name: "conversations",
      indexBy: ["address"],
      most: limits.conversations.value,
    }),
    messages: new Table<MessageRecord, "conversationId" | "providerMessageId">(journal, {
      name: "messages",
      indexBy: ["conversationId", "providerMessageId"],
      most: limits.messages.value,
    }),
    webhooks: new Table<WebhookRecord>(journal, { name: "webhooks" }),
    agents: new Table<AgentRecord>(journal, { name: "agents" }),
    media: new Table<MediaRecord>(journal, { name: "media", most: limits.media.value }),
    flows: new Table<FlowRecord>(journal, { name: "flows" }),
    channels: new Table<ChannelRecord>(journal, { name: "channels", most: limits.tokens.value }),
    messagingSettings: new Table<MessagingSettingRecord>(journal, { name: "messagingSettings" }),
    supportedContents: new Table<SupportedContentRecord>(journal, { name: "supportedContents" }),
    /** By the id of the legacy bot connector's integration. */
    botLists: new Table<Wire<"BotList">>(journal, { name: "botLists", most: limits.botLists.value }),
    analyticsJobs: new Table<AnalyticsJobRecord>(journal, {
      name: "analyticsJobs",
      most: limits.analyticsJobs.value,
    }),
    /** One row, once it is set. */
    threadingTimeline: new Table<Wire<"ConversationThreadingWindow">>(journal, { name: "threadingTimeline" }),
  };
}

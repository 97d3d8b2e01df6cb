import type { FlowRecord } from "../bots/flow.ts";
import type { Journal } from "../journal/journal.ts";
import { restoreTables } from "../journal/restore-tables.ts";
import { Table } from "../journal/table.ts";
import { limits } from "../limits.ts";
import type { Chance } from "../time/chance.ts";
import { createClock, type EmulatorClock, type TimeSource } from "../time/emulator-clock.ts";
import type { Wire } from "../wire/models.ts";
import { type ChangeSaver, createChangeSaver } from "./change-saver.ts";
import { createHub, type Hub, type OrganisationEvent } from "./events.ts";
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

/** Everything that one emulated organisation knows. */
export interface Organisation extends Omit<ChangeSaver, "stop"> {
  id: string;
  clock: EmulatorClock;
  chance: Chance;
  events: Hub<OrganisationEvent>;
  clients: Table<OAuthClientRecord>;
  tokens: Table<TokenRecord>;
  integrations: Table<IntegrationRecord>;
  conversations: Table<ConversationRecord, "address">;
  messages: Table<MessageRecord, "conversationId" | "providerMessageId">;
  webhooks: Table<WebhookRecord>;
  agents: Table<AgentRecord>;
  media: Table<MediaRecord>;
  flows: Table<FlowRecord>;
  channels: Table<ChannelRecord>;
  messagingSettings: Table<MessagingSettingRecord>;
  supportedContents: Table<SupportedContentRecord>;
  analyticsJobs: Table<AnalyticsJobRecord>;
  /** By the id of the legacy bot connector's integration. */
  botLists: Table<Wire<"BotList">>;
  /** One row, once it is set. */
  threadingTimeline: Table<Wire<"ConversationThreadingWindow">>;
  /** The moment in the organisation's time, as its API writes it. */
  timestamp(): string;
  close(): void;
}

/** Opens the organisation that a journal holds, or begins one. `warn` hears of a journal that keeps nothing more. */
export function openOrganisation(
  journal: Journal,
  time: TimeSource,
  chance: Chance,
  warn: (message: string) => void,
): Organisation {
  const facts = new Table<string | number>(journal, { name: "facts" });
  const tables = {
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
    botLists: new Table<Wire<"BotList">>(journal, { name: "botLists", most: limits.botLists.value }),
    analyticsJobs: new Table<AnalyticsJobRecord>(journal, {
      name: "analyticsJobs",
      most: limits.analyticsJobs.value,
    }),
    threadingTimeline: new Table<Wire<"ConversationThreadingWindow">>(journal, { name: "threadingTimeline" }),
  };
  restoreTables(journal, [facts, ...Object.values(tables)] as Table<NonNullable<unknown>>[], warn);
  const clock = createClock(time, Number(facts.get("aheadMs") ?? 0), (aheadMs) =>
    facts.put("aheadMs", aheadMs),
  );
  const { stop, ...saver } = createChangeSaver(journal, clock, warn);
  return {
    id: String(facts.get("id") ?? facts.put("id", chance.uuid())),
    ...tables,
    clock,
    chance,
    events: createHub(),
    timestamp: createTimestamp(clock),
    ...saver,
    close() {
      stop();
      journal.close();
    },
  };
}

/** Writes the present moment, once for everything that happens in it. */
function createTimestamp({ now }: EmulatorClock): () => string {
  let moment = Number.NaN;
  let written = "";
  return () => {
    if (now() === moment) return written;
    moment = now();
    written = new Date(moment).toISOString();
    return written;
  };
}

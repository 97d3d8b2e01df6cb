import { findFaults } from "../wire/find-faults.ts";
import type { Wire } from "../wire/models.ts";

/** What an inbound flow does: it lets a bot answer first. */
export interface FlowRecord {
  id: string;
  name: string;
  bot: ScriptedBot | ConnectedBot;
}

/** A bot that answers by rules. */
export interface ScriptedBot {
  kind: "script";
  /** The first rule that fits answers. */
  rules: readonly BotRule[];
}

export interface BotRule {
  /** Texts or payloads that it fits, whatever their case; without them it fits everything. */
  when?: readonly string[];
  replies: readonly Wire<"ReplyMessage">[];
  /** What follows: the bot waits for more (the default), an agent takes over, or the conversation ends. */
  next?: "wait" | "agent" | "end";
}

/** A bot behind Genesys Digital Bot Connector, or the Bot Connector before it: the emulator calls it. */
export interface ConnectedBot {
  kind: "connector" | "legacy-connector";
  /** The base URI, under which calls go to `/botconnector/messages`; of a legacy connector the Handle Utterance URI itself. */
  url: string;
  /** The integration's credentials, sent as headers. */
  headers?: Readonly<Record<string, string>>;
  botId: string;
  botVersion?: string;
  languageCode?: string;
  /** What the flow passes on, such as the name of a message template. */
  parameters?: Readonly<Record<string, string>>;
  /** Default: 30,000, the platform's Bot Response Timeout. */
  timeoutMs?: number;
}

/** Names what is wrong with a flow that came as JSON, or nothing. */
export function findFlowMistake(value: unknown): string | undefined {
  if (!isRecord(value) || typeof value.name !== "string" || !isRecord(value.bot))
    return "a flow is an object with `name` and `bot`";
  const { bot } = value;
  if (bot.kind === "script") return findScriptMistake(bot.rules);
  if (bot.kind !== "connector" && bot.kind !== "legacy-connector")
    return "/bot/kind must be script, connector or legacy-connector";
  if (typeof bot.botId !== "string") return "/bot/botId must be text";
  const isUrl = typeof bot.url === "string" && /^https?:\/\//.test(bot.url) && URL.canParse(bot.url);
  if (!isUrl) return "/bot/url must be an http: or https: URL";
  for (const name of ["headers", "parameters"] as const)
    if (bot[name] !== undefined && !isMap(bot[name])) return `/bot/${name} must be an object of texts`;
  return undefined;
}

function findScriptMistake(rules: unknown): string | undefined {
  if (!Array.isArray(rules) || rules.length > 100) return "/bot/rules must be a list of at most 100";
  for (const [index, rule] of rules.entries()) {
    const at = `/bot/rules/${index}`;
    if (!isRecord(rule) || !Array.isArray(rule.replies)) return `${at}/replies must be a list`;
    if (rule.when !== undefined && !Array.isArray(rule.when)) return `${at}/when must be a list of texts`;
    if (rule.next !== undefined && !["wait", "agent", "end"].includes(rule.next as string))
      return `${at}/next must be wait, agent or end`;
    const [fault] = rule.replies.flatMap((reply) => findFaults("ReplyMessage", reply));
    if (fault !== undefined) return `${at}/replies: ${fault.message}`;
  }
  return undefined;
}

function isMap(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((item) => typeof item === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

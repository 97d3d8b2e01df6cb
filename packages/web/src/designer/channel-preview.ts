import type { Content } from "@quickcard/content";
import {
  type ChannelName,
  channelProfiles,
  degrade,
  type LintFinding,
  lint,
  type Notice,
  noticeCodes,
  segmentsOf,
} from "@quickcard/content/channels";

/** What becomes of a content on one channel. */
export interface ChannelPreview {
  channel: ChannelName;
  title: string;
  outcome: "whole" | "changed" | "lossy" | "refused";
  /** What the customer gets, message by message; none where it is refused. */
  messages: PreviewMessage[];
  notices: Notice[];
  /** What lint would say of the content as it was written. */
  findings: LintFinding[];
  refusal?: { pointer: string; message: string; fix: string };
  /** What a channel that counts segments charges. */
  segments?: number;
}

/** One message as the customer gets it. */
export interface PreviewMessage {
  content: Content;
  /** Whether its choices stand in a list that has to be opened. */
  hasList: boolean;
}

/** Works out what a channel shows of a valid content, by the rules of `@quickcard/content`. */
export function previewOn(channel: ChannelName, content: Content): ChannelPreview {
  const { title } = channelProfiles[channel];
  const result = degrade(content, channel);
  const findings = lint(content, channel);
  if (!result.ok) {
    const { pointer, message, fix } = result;
    const refusal = { pointer, message, fix };
    return { channel, title, outcome: "refused", messages: [], notices: [], findings, refusal };
  }
  const { messages, notices } = result;
  return {
    channel,
    title,
    outcome: outcomeOf(notices),
    messages: messages.map((message) => ({
      content: message,
      hasList: needsList(channel, message, notices),
    })),
    notices,
    findings,
    ...segmentsOn(channel, messages),
  };
}

/** What a customer does not see makes no difference to how a message is shown. */
function outcomeOf(notices: readonly Notice[]): "whole" | "changed" | "lossy" {
  const seen = notices.filter(({ code }) => noticeCodes[code].seen);
  if (seen.some(({ lossy }) => lossy)) return "lossy";
  return seen.length > 0 ? "changed" : "whole";
}

function needsList(channel: ChannelName, content: Content, notices: readonly Notice[]): boolean {
  if (content.type !== "quick-reply") return false;
  const { choices: forms, limits } = channelProfiles[channel];
  const [first] = forms;
  if (first?.form === "list" || notices.some(({ code }) => code === "qr_to_list")) return true;
  const most = first && first.max !== "any" ? limits[first.max]?.value : null;
  return (
    typeof most === "number" && content.choices.length > most && forms.some(({ form }) => form === "list")
  );
}

function segmentsOn(channel: ChannelName, messages: readonly Content[]): { segments?: number } {
  const profile = channelProfiles[channel];
  if (!profile.segments) return {};
  const texts = messages.map((message) => (message.type === "text" ? message.text : ""));
  return { segments: texts.reduce((sum, text) => sum + segmentsOf(profile, text), 0) };
}

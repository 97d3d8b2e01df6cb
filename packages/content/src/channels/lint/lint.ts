import type { Content } from "../../content.ts";
import type { ChannelName } from "../channel-name.ts";
import { channelProfiles } from "../channel-profiles.ts";
import type { LintFinding } from "../lint-finding.ts";
import { wholeSize } from "../text/whole.ts";
import { lintCard, lintCarousel } from "./lint-card.ts";
import { lintLocation, lintMedia } from "./lint-media.ts";
import { lintQuickReply } from "./lint-quick-reply.ts";
import { lintText } from "./lint-text.ts";
import { over, type Report } from "./report.ts";

/** The channels on which a portable content holds: those that have choices and cards of their own. */
export const portableChannels = [
  "whatsapp",
  "messenger",
  "instagram",
  "line",
  "telegram",
  "rcs",
] as const satisfies readonly ChannelName[];

/**
 * What a channel cannot show of a valid content, sent as it is; for `portable`, what one of `portableChannels` cannot.
 * No finding with the severity `error`: it is shown whole.
 */
export function lint(content: Content, channel: ChannelName | "portable"): LintFinding[] {
  if (channel === "portable") return portableChannels.flatMap((name) => lint(content, name));
  const profile = channelProfiles[channel];
  const report: Report = { profile, findings: [] };
  if (profile.showsAll) return report.findings;
  lintType(report, content);
  const { actual, allowed } = wholeSize(profile, content);
  if (profile.whole && actual > allowed) {
    const fix = "Send less text, or fewer cards, choices and buttons.";
    over(report, "", { limit: profile.whole.max, actual, fix });
  }
  return report.findings;
}

function lintType(report: Report, content: Content): void {
  switch (content.type) {
    case "text":
      lintText(report, content.text, "/text");
      return;
    case "image":
    case "audio":
    case "video":
    case "file":
      lintMedia(report, content);
      return;
    case "location":
      lintLocation(report, content);
      return;
    case "quick-reply":
      lintQuickReply(report, content);
      return;
    case "card":
      lintCard(report, content);
      return;
    case "carousel":
      lintCarousel(report, content);
      return;
  }
}

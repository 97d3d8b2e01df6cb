import type { Card, Content } from "../../content.ts";
import type { ChannelProfile } from "../channel-profile.ts";
import { figure, utf8Bytes } from "./room.ts";

/** What a channel's own form of a message has beside the content's, for the message and for each of its parts. */
const overheadBytes = 300;

/** Whether a channel takes a message as a whole. */
export function wholeFits(profile: ChannelProfile, content: Content): boolean {
  const { actual, allowed } = wholeSize(profile, content);
  return actual <= allowed;
}

/** How big a message is as a whole, in what the channel counts. */
export function wholeSize(profile: ChannelProfile, content: Content): { actual: number; allowed: number } {
  const allowed = profile.whole && figure(profile, profile.whole.max);
  // A text alone has its own limit where texts are counted.
  const isCounted =
    profile.whole?.counts !== "text" || content.type === "card" || content.type === "carousel";
  if (!profile.whole || allowed === undefined || !isCounted)
    return { actual: 0, allowed: Number.POSITIVE_INFINITY };
  return { actual: sizes[profile.whole.counts](content), allowed };
}

const sizes = {
  json: (content: Content) => utf8Bytes(JSON.stringify(content)) + overheadBytes * partsOf(content),
  "utf16-json": (content: Content) => 2 * (JSON.stringify(content).length + overheadBytes * partsOf(content)),
  text: textLength,
};

/** A message, its cards, and everything that can be tapped. */
function partsOf(content: Content): number {
  if (content.type === "quick-reply") return 1 + content.choices.length;
  return 1 + cardsOf(content).reduce((sum, { actions = [] }) => sum + 1 + actions.length, 0);
}

function textLength(content: Content): number {
  return cardsOf(content).reduce(
    (sum, { title, subtitle = "", actions = [] }) =>
      sum + title.length + subtitle.length + actions.reduce((own, action) => own + action.title.length, 0),
    0,
  );
}

function cardsOf(content: Content): readonly Card[] {
  if (content.type === "carousel") return content.cards;
  return content.type === "card" ? [content] : [];
}

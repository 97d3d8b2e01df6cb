import type { InboundContent } from "@quickcard/client";
import type { Card, Content } from "@quickcard/content";

type AnyContent = Content | InboundContent;

/** What the customer sent has no more of a medium than the channel tells. */
interface Medium {
  url?: string;
  channelMediaId?: string;
  filename?: string;
  altText?: string;
  caption?: string;
}

const describe: { [Type in AnyContent["type"]]: (content: Extract<AnyContent, { type: Type }>) => string } = {
  text: ({ text }) => text,
  image: (medium) => describeMedium("image", medium),
  audio: (medium) => describeMedium("audio", medium),
  video: (medium) => describeMedium("video", medium),
  file: (medium) => describeMedium("file", medium),
  location: ({ latitude, longitude, name }) =>
    `[location ${name ? `${name}, ` : ""}${latitude}, ${longitude}]`,
  "quick-reply": ({ title, choices }) => `${title} ${choices.map(({ label }) => `(${label})`).join(" ")}`,
  card: (card) => `[card] ${describeCard(card)}`,
  carousel: ({ cards }) => `[carousel] ${cards.map(describeCard).join(" | ")}`,
  tap: ({ label, value }) => `tapped "${label}" = ${value}`,
};

/** What was said, on one line, for people. */
export function contentLine(content: AnyContent): string {
  const describeOne = describe[content.type] as ((content: AnyContent) => string) | undefined;
  // A newer server may know types that this command does not.
  return describeOne?.(content) ?? `[${content.type}]`;
}

function describeCard({ title, subtitle, actions = [] }: Card): string {
  const buttons = actions.map((action) => `(${action.title})`);
  return [title, ...(subtitle ? [`- ${subtitle}`] : []), ...buttons].join(" ");
}

function describeMedium(kind: string, { altText, filename, url, channelMediaId, caption }: Medium): string {
  const name = altText ?? filename ?? url ?? channelMediaId;
  return withCaption(name === undefined ? `[${kind}]` : `[${kind} ${name}]`, caption);
}

function withCaption(what: string, caption: string | undefined): string {
  return caption ? `${what} ${caption}` : what;
}

import type { InboundContent } from "@quickcard/client";
import type { Card, Content } from "@quickcard/content";

type AnyContent = Content | InboundContent;

const describe: { [Type in AnyContent["type"]]: (content: Extract<AnyContent, { type: Type }>) => string } = {
  text: ({ text }) => text,
  image: ({ url, altText, caption }) => withCaption(`[image ${altText ?? url}]`, caption),
  audio: ({ url, caption }) => withCaption(`[audio ${url}]`, caption),
  video: ({ url, caption }) => withCaption(`[video ${url}]`, caption),
  file: ({ url, filename, caption }) => withCaption(`[file ${filename ?? url}]`, caption),
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

function withCaption(what: string, caption: string | undefined): string {
  return caption ? `${what} ${caption}` : what;
}

import type { Action, Card, Content } from "@quickcard/content";
import { degrees } from "@quickcard/content/channels";

/** What a message says, in text alone: for whoever sees no buttons and no pictures. */
export function contentText(content: Content): string {
  return lines(content)
    .filter((line) => line !== undefined && line !== "")
    .join("\n");
}

function lines(content: Content): (string | undefined)[] {
  switch (content.type) {
    case "text":
      return [content.text];
    case "image":
      return [`[Image] ${content.caption ?? content.altText ?? ""}`.trim(), content.url];
    case "audio":
      return [`[Audio] ${content.caption ?? ""}`.trim(), content.url];
    case "video":
      return [`[Video] ${content.caption ?? ""}`.trim(), content.url];
    case "file":
      return [`[File] ${content.filename ?? ""} ${content.caption ?? ""}`.trim(), content.url];
    case "location":
      return [
        `[Location] ${content.name ?? ""}`.trim(),
        content.address,
        `${degrees(content.latitude)}, ${degrees(content.longitude)}`,
      ];
    case "quick-reply":
      return [content.title, ...content.choices.map(({ label }) => `• ${label}`)];
    case "card":
      return cardLines(content);
    case "carousel":
      return content.cards.flatMap((card, place) =>
        place === 0 ? cardLines(card) : ["—", ...cardLines(card)],
      );
  }
}

function cardLines({ title, subtitle, image, actions = [] }: Card): (string | undefined)[] {
  return [`[Card] ${title}`, subtitle, image?.url, ...actions.map(actionLine)];
}

function actionLine(action: Action): string {
  return action.type === "web_url" ? `• ${action.title}: ${action.url}` : `• ${action.title}`;
}

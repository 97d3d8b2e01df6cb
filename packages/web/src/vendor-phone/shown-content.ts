import type { Card, Content } from "@quickcard/content";
import type { CustomerDoing, Shown } from "./stand-in-wire.ts";

/** What a message shows, as a content that is drawn. What a tap names stands as value and payload. */
export function shownContent(shown: Shown): Content[] {
  const { cards, choices, links, media, place, texts } = shown;
  if (cards) {
    const above = texts.slice(0, texts.length - cards.flatMap((card) => card.texts).length).join("\n");
    return [...textOf(above), { type: "carousel", cards: cards.map(cardOf) }];
  }
  if (place) {
    const [name, address] = texts;
    return [{ type: "location", ...place, ...(name && { name }), ...(address && { address }) }];
  }
  if (links.length > 0 || (media.length > 0 && choices.length > 0))
    return [{ type: "card", ...cardOf(shown) }];
  if (choices.length > 0) return [questionOf(shown)];
  if (media.length === 0) return textOf(texts.join("\n"));
  return mediaOf(shown);
}

/** What a customer did, as it stands on their own side. */
export function doingContent(doing: Exclude<CustomerDoing, { type: "block" }>): Content {
  switch (doing.type) {
    case "text":
      return doing;
    case "tap":
      return { type: "text", text: doing.label };
    case "media": {
      const { kind, url, caption } = doing;
      return { type: kind, url, ...(caption !== undefined && { caption }) };
    }
    case "location":
      return doing;
  }
}

function textOf(text: string): Content[] {
  return text === "" ? [] : [{ type: "text", text }];
}

/** The first line is the title: that is what channels without titles make of one. */
function cardOf({ texts, media, choices, links }: Shown): Card {
  const [title = "", ...lines] = texts.join("\n").split("\n");
  const [url] = media;
  return {
    title,
    ...(lines.length > 0 && { subtitle: lines.join("\n") }),
    ...(url !== undefined && { image: { url } }),
    actions: [
      ...choices.map(({ id, label }) => ({ type: "postback" as const, title: label, payload: id })),
      ...links.map(({ label, url: target }) => ({ type: "web_url" as const, title: label, url: target })),
    ],
  };
}

function questionOf({ texts, choices }: Shown): Content {
  return {
    type: "quick-reply",
    title: texts.join("\n"),
    choices: choices.map(({ id, label }) => ({ label, value: id })),
  };
}

function mediaOf({ media, mediaKind = "image", texts }: Shown): Content[] {
  const caption = texts.join("\n");
  return media.map((url, index) => ({
    type: mediaKind,
    url,
    ...(index === media.length - 1 && caption !== "" && { caption }),
  }));
}

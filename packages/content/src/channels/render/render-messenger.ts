import type { Action, Card, Choice, Content } from "../../content.ts";
import { type JsonObject, notShown } from "./json.ts";

/** A message of Messenger's or Instagram's Send API, by Meta's pages on quick replies, attachments and templates. */
export function renderMessenger(content: Content): JsonObject {
  switch (content.type) {
    case "text":
      return { text: content.text };
    case "image":
    case "audio":
    case "video":
    case "file":
      return attachment(content.type, { url: content.url });
    case "quick-reply":
      return { text: content.title, quick_replies: content.choices.map(quickReply) };
    case "card":
      return generic([content]);
    case "carousel":
      return generic(content.cards);
    case "location":
      throw notShown("Messenger", content.type);
  }
}

function attachment(type: string, payload: JsonObject): JsonObject {
  return { attachment: { type, payload } };
}

function quickReply({ label, value, imageUrl }: Choice): JsonObject {
  return { content_type: "text", title: label, payload: value, ...(imageUrl && { image_url: imageUrl }) };
}

function generic(cards: readonly Card[]): JsonObject {
  return attachment("template", { template_type: "generic", elements: cards.map(element) });
}

function element({ title, subtitle, image, defaultAction, actions = [] }: Card): JsonObject {
  return {
    title,
    ...(subtitle && { subtitle }),
    ...(image && { image_url: image.url }),
    // The tap on a card opens a page, and has no title.
    ...(defaultAction?.type === "web_url" && { default_action: { type: "web_url", url: defaultAction.url } }),
    ...(actions.length > 0 && { buttons: actions.map(button) }),
  };
}

function button(action: Action): JsonObject {
  return action.type === "postback"
    ? { type: "postback", title: action.title, payload: action.payload }
    : { type: "web_url", title: action.title, url: action.url };
}

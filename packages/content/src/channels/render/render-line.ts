import type {
  Action,
  Card,
  CarouselContent,
  Choice,
  Content,
  LocationContent,
  VideoContent,
} from "../../content.ts";
import { joined } from "../degrade/text.ts";
import { line } from "../profiles/line.ts";
import { figure } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import { type JsonObject, notShown } from "./json.ts";

/** A message object of the LINE Messaging API, by its reference. */
export function renderLine(content: Content): JsonObject {
  switch (content.type) {
    case "text":
      return { type: "text", text: content.text };
    case "image":
      // The preview is what the chat shows first: a picture is its own.
      return { type: "image", originalContentUrl: content.url, previewImageUrl: content.url };
    case "video":
      return video(content);
    case "location":
      return place(content);
    case "quick-reply":
      return { type: "text", text: content.title, quickReply: { items: content.choices.map(quickReply) } };
    case "card":
      return template(altText([content]), { type: "buttons", ...column(content) });
    case "carousel":
      return carousel(content);
    case "audio":
    case "file":
      throw notShown("LINE", content.type);
  }
}

function video({ url, thumbnailUrl }: VideoContent): JsonObject {
  if (thumbnailUrl === undefined) throw notShown("LINE", "video, without a thumbnail,");
  return { type: "video", originalContentUrl: url, previewImageUrl: thumbnailUrl };
}

function place({ latitude, longitude, name, address }: LocationContent): JsonObject {
  if (!name || !address) throw notShown("LINE", "location, without name or address,");
  return { type: "location", title: name, address, latitude, longitude };
}

function quickReply({ label, value, imageUrl }: Choice): JsonObject {
  return {
    type: "action",
    ...(imageUrl && { imageUrl }),
    action: { type: "postback", label, data: value, displayText: label },
  };
}

function carousel({ cards }: CarouselContent): JsonObject {
  return template(altText(cards), { type: "carousel", columns: cards.map(column) });
}

function template(text: string, body: JsonObject): JsonObject {
  return { type: "template", altText: text, template: body };
}

/** A template must have a text: where a card has a title alone, that is its text. */
function column({ title, subtitle, image, defaultAction, actions = [] }: Card): JsonObject {
  return {
    ...(image && { thumbnailImageUrl: image.url }),
    ...(subtitle ? { title, text: subtitle } : { text: title }),
    ...(defaultAction?.type === "web_url" && { defaultAction: action(cutTitle(defaultAction)) }),
    actions: actions.map(action),
  };
}

function action(own: Action): JsonObject {
  return own.type === "postback"
    ? { type: "postback", label: own.title, data: own.payload }
    : { type: "uri", label: own.title, uri: own.url };
}

/** The title of a tap on a card is not seen. */
function cutTitle(own: Action): Action {
  return { ...own, title: cutText(own.title, [{ max: figure(line, "button.label.max") ?? 0 }]) || "→" };
}

/** What is said of cards in the list of chats, and to those who cannot see them. */
function altText(cards: readonly Card[]): string {
  const text = joined(cards.flatMap(({ title, subtitle }) => [title, subtitle]));
  return cutText(text, [{ max: figure(line, "altText.max") ?? 0 }]) || "…";
}

import type { Action, Card, Choice, Content, LocationContent, MediaContent } from "../../content.ts";
import type { JsonObject } from "./json.ts";

const mediaTypes = { image: "Image", audio: "Audio", video: "Video", file: "File" } as const;

/**
 * `type`, `text` and `content` of Genesys Cloud's normalized message, by the models `ConversationNormalizedMessage` and
 * `ConversationMessageContent` of its API. A message with an attachment is of type `Text`, with choices, cards or a place
 * `Structured`.
 */
export function renderGenesys(content: Content): JsonObject {
  switch (content.type) {
    case "text":
      return { type: "Text", text: content.text };
    case "image":
    case "audio":
    case "video":
    case "file":
      return {
        type: "Text",
        ...(content.caption && { text: content.caption }),
        content: [{ contentType: "Attachment", attachment: attachment(content) }],
      };
    case "location":
      return structured([{ contentType: "Location", location: place(content) }]);
    case "quick-reply":
      return { ...structured(content.choices.map(quickReply)), text: content.title };
    case "card":
      return structured([{ contentType: "Card", card: card(content) }]);
    case "carousel":
      return structured([{ contentType: "Carousel", carousel: { cards: content.cards.map(card) } }]);
  }
}

function structured(content: readonly JsonObject[]): JsonObject {
  return { type: "Structured", content };
}

function attachment(content: MediaContent): JsonObject {
  const { filename, mimeType } = content.type === "file" ? content : {};
  return {
    mediaType: mediaTypes[content.type],
    url: content.url,
    ...(mimeType && { mime: mimeType }),
    ...(filename && { filename }),
  };
}

function place({ latitude, longitude, name, address }: LocationContent): JsonObject {
  return { latitude, longitude, ...(name && { text: name }), ...(address && { address }) };
}

/** One element a choice; the question is the message's text. */
function quickReply({ label, value, imageUrl }: Choice): JsonObject {
  const own = { text: label, payload: value, ...(imageUrl && { image: imageUrl }), action: "Message" };
  return { contentType: "QuickReply", quickReply: own };
}

function card({ title, subtitle, image, defaultAction, actions = [] }: Card): JsonObject {
  return {
    title,
    ...(subtitle && { description: subtitle }),
    ...(image && { image: image.url }),
    ...(defaultAction && { defaultAction: cardAction(defaultAction) }),
    actions: actions.map(cardAction),
  };
}

function cardAction(action: Action): JsonObject {
  return action.type === "postback"
    ? { type: "Postback", text: action.title, payload: action.payload }
    : { type: "Link", text: action.title, url: action.url };
}

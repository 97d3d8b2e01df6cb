import type {
  ConversationContentCard,
  ConversationContentCardAction,
  ConversationMessageContent,
  ReplyMessage,
} from "@quickcard/client/genesys-cloud";
import type { Action, Card, Content } from "@quickcard/content";
import { contentText } from "../content-text.ts";

/** A message of ours as a bot says it to Genesys Cloud. */
export function toReplyMessage(content: Content): ReplyMessage {
  switch (content.type) {
    case "text":
      return { type: "Text", text: content.text };
    case "quick-reply":
      return structured(
        content.choices.map(({ label, value, imageUrl }) => ({
          contentType: "QuickReply",
          quickReply: {
            text: label,
            payload: value,
            action: "Message",
            ...(imageUrl ? { image: imageUrl } : {}),
          },
        })),
        content.title,
      );
    case "card":
      return structured([{ contentType: "Card", card: toGenesysCard(content) }]);
    case "carousel":
      return structured([{ contentType: "Carousel", carousel: { cards: content.cards.map(toGenesysCard) } }]);
    case "image":
    case "audio":
    case "video":
    case "file":
      return structured([toAttachment(content)]);
    case "location":
      return { type: "Text", text: contentText(content) };
  }
}

function structured(content: ConversationMessageContent[], text?: string): ReplyMessage {
  return { type: "Structured", ...(text === undefined ? {} : { text }), content };
}

const mediaTypes = { image: "Image", audio: "Audio", video: "Video", file: "File" } as const;

function toAttachment(content: Extract<Content, { url: string }>): ConversationMessageContent {
  const { type, url, caption } = content;
  const named = type === "file" ? { filename: content.filename, mime: content.mimeType } : {};
  const facts = Object.entries({ ...named, text: caption }).filter(([, value]) => value !== undefined);
  return {
    contentType: "Attachment",
    attachment: { mediaType: mediaTypes[type], url, ...Object.fromEntries(facts) },
  };
}

function toGenesysCard({
  title,
  subtitle,
  image,
  actions = [],
  defaultAction,
}: Card): ConversationContentCard {
  return {
    title,
    ...(subtitle ? { description: subtitle } : {}),
    ...(image ? { image: image.url } : {}),
    ...(defaultAction ? { defaultAction: toGenesysAction(defaultAction) } : {}),
    actions: actions.map(toGenesysAction),
  };
}

function toGenesysAction(action: Action): ConversationContentCardAction {
  return action.type === "web_url"
    ? { type: "Link", text: action.title, url: action.url }
    : { type: "Postback", text: action.title, payload: action.payload };
}

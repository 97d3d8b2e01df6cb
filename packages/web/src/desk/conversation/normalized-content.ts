import type { Action, Card, Content } from "@quickcard/content";
import type { NormalizedAction, NormalizedCard, NormalizedContent, NormalizedMessage } from "../desk-wire.ts";

/** A part of a message as the desk draws it. */
export type MessagePart =
  | { kind: "content"; content: Content }
  /** A choice or button that the customer tapped. */
  | { kind: "tap"; text: string; payload: string }
  /** Something that has no drawing here; its name is the platform's. */
  | { kind: "other"; contentType: string };

/** What a message of Genesys Cloud's shows, part by part. */
export function partsOf({ text, content = [] }: NormalizedMessage): MessagePart[] {
  const tap = content.find(({ buttonResponse }) => buttonResponse)?.buttonResponse;
  if (tap) return [{ kind: "tap", text: tap.text, payload: tap.payload }];
  const choices = content.flatMap(({ quickReply }) => quickReply ?? []);
  const others = content.filter(({ quickReply }) => !quickReply).map(partOf);
  const words: MessagePart[] =
    choices.length > 0
      ? [shown({ type: "quick-reply", title: text ?? "", choices: choices.map(toChoice) })]
      : text
        ? [shown({ type: "text", text })]
        : [];
  return [...words, ...others];
}

function shown(content: Content): MessagePart {
  return { kind: "content", content };
}

function toChoice({ text, payload, image }: NonNullable<NormalizedContent["quickReply"]>) {
  return { label: text, value: payload, ...(image && { imageUrl: image }) };
}

function partOf({ contentType, attachment, card, carousel, location, text }: NormalizedContent): MessagePart {
  if (attachment) return shown(toMedia(attachment));
  if (card) return shown({ type: "card", ...toCard(card) });
  if (carousel) return shown({ type: "carousel", cards: carousel.cards.map(toCard) });
  if (text) return shown({ type: "text", text: text.body });
  if (location?.latitude !== undefined && location.longitude !== undefined)
    return shown({
      type: "location",
      latitude: location.latitude,
      longitude: location.longitude,
      ...(location.text && { name: location.text }),
      ...(location.address && { address: location.address }),
    });
  return { kind: "other", contentType };
}

function toMedia({
  mediaType,
  url = "",
  text,
  filename,
  mime,
}: NonNullable<NormalizedContent["attachment"]>): Content {
  const words = text && { caption: text };
  if (mediaType === "Image") return { type: "image", url, ...(filename && { altText: filename }), ...words };
  if (mediaType === "Video") return { type: "video", url, ...words };
  if (mediaType === "Audio") return { type: "audio", url, ...words };
  return { type: "file", url, ...(filename && { filename }), ...(mime && { mimeType: mime }), ...words };
}

function toCard({ title, description, image, actions = [], defaultAction }: NormalizedCard): Card {
  return {
    title,
    ...(description && { subtitle: description }),
    ...(image && { image: { url: image } }),
    actions: actions.map(toAction),
    ...(defaultAction && { defaultAction: toAction(defaultAction) }),
  };
}

function toAction({ type, text = "", payload = "", url = "" }: NormalizedAction): Action {
  return type === "Link" ? { type: "web_url", title: text, url } : { type: "postback", title: text, payload };
}

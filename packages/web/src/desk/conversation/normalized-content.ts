import type { Action, Card, Content } from "@quickcard/content";
import { momentLabel } from "../../chat/chat-dates.ts";
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

function partOf(content: NormalizedContent): MessagePart {
  const { contentType, attachment, card, carousel, datePicker, listPicker, location, text } = content;
  if (attachment) return shown(toMedia(attachment));
  if (card) return shown({ type: "card", ...toCard(card) });
  if (carousel) return shown({ type: "carousel", cards: carousel.cards.map(toCard) });
  if (datePicker) return shown(toDates(datePicker));
  if (listPicker) return shown(toList(listPicker));
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

/** A date picker as a question with its times, where the agent is. */
function toDates({
  title,
  subtitle,
  availableTimes = [],
}: NonNullable<NormalizedContent["datePicker"]>): Content {
  return {
    type: "quick-reply",
    title: [title, subtitle].filter(Boolean).join("\n"),
    choices: availableTimes.map(({ dateTime }) => ({
      label: momentLabel(dateTime),
      value: dateTime,
    })),
  };
}

/** A list picker as a question with what can be picked. */
function toList({ sections = [] }: NonNullable<NormalizedContent["listPicker"]>): Content {
  return {
    type: "quick-reply",
    title: sections
      .map(({ title }) => title)
      .filter(Boolean)
      .join(", "),
    choices: sections.flatMap(({ items = [] }) =>
      items.map(({ title = "" }) => ({ label: title, value: title })),
    ),
  };
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

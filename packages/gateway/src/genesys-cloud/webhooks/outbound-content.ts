import type {
  ConversationContentAttachment,
  ConversationContentCard,
  ConversationContentCardAction,
  ConversationContentDatePicker,
  ConversationContentListPicker,
  ConversationContentLocation,
  ConversationContentNotificationTemplate,
  ConversationContentQuickReply,
  ConversationMessageContent,
  OpenOutboundNormalizedMessage,
} from "@quickcard/client/genesys-cloud";
import { type Action, type Card, type Choice, type Content, limits, validate } from "@quickcard/content";
import { contentText } from "../content-text.ts";

/** What a message of Genesys Cloud is for a customer. */
export interface OutboundContents {
  /** In the order in which they are shown; one message can be several of ours. */
  contents: Content[];
  /** What of it cannot be shown in any form, by its content type. */
  lost: string[];
}

/** The question above choices that come without one. */
const defaultQuestion = "Please choose:";

/** What one element becomes. `usesText`: the message's own text is in it, and is not shown besides. */
interface Shown {
  contents: Content[];
  usesText?: boolean;
}

/**
 * Turns a message of Genesys Cloud into ours. What we have no type for is shown by the nearest one: times and lists become
 * quick replies, templates become text. What is too long or otherwise not ours becomes text.
 */
export function toOutboundContents(
  message: Pick<OpenOutboundNormalizedMessage, "text" | "content">,
  options: { allowHttp: boolean },
): OutboundContents {
  const elements = (message.content ?? []).slice(0, mostElements);
  const text = message.text ?? "";
  const shown = [...showMenu(elements, text), ...elements.flatMap((element) => showElement(element, text))];
  const usesText = shown.some((one) => one.usesText);
  const all = [
    ...(text !== "" && !usesText ? [{ type: "text", text } as Content] : []),
    ...shown.flatMap(({ contents }) => contents),
  ];
  const lost = elements.filter((element) => !isShowable(element)).map(({ contentType }) => contentType);
  return { contents: all.flatMap((content) => valid(content, options)), lost };
}

/** How many elements of one message are looked at. */
const mostElements = 100;

type Show = (element: ConversationMessageContent, text: string) => Shown | undefined;

/** How each type of content is shown. Quick replies are taken together, by `showMenu`. */
const shows: Partial<Record<ConversationMessageContent["contentType"], Show>> = {
  Attachment: ({ attachment }, text) => attachment && showAttachment(attachment, text),
  Card: ({ card }) => card && { contents: [{ type: "card", ...toCard(card) }] },
  Carousel: ({ carousel }) =>
    carousel && {
      contents: [{ type: "carousel", cards: carousel.cards.slice(0, limits.cards).map(toCard) }],
    },
  DatePicker: ({ datePicker }, text) => datePicker && showDatePicker(datePicker, text),
  ListPicker: ({ listPicker }, text) => listPicker && showListPicker(listPicker, text),
  Location: ({ location }) => location && { contents: [toLocation(location)] },
  Notification: ({ template }, text) => template && showTemplate(template, text),
  QuickReply: ({ quickReply }) => quickReply && { contents: [] },
  QuickReplyV2: ({ quickReplyV2 }, text) =>
    quickReplyV2 && showChoices(quickReplyV2.title || text, quickReplyV2.actions.map(toChoice), text),
  Text: ({ text: own }) => own && { contents: [{ type: "text", text: own.body }] },
};

/** Malformed elements are no reason to fail: they are told as not shown. */
function showElement(element: ConversationMessageContent, text: string): Shown[] {
  try {
    const shown = Object.hasOwn(shows, element.contentType) && shows[element.contentType]?.(element, text);
    return shown ? [shown] : [];
  } catch {
    return [];
  }
}

function isShowable(element: ConversationMessageContent): boolean {
  return showElement(element, "").length > 0;
}

/** All quick replies of a message are one menu, and its text is the question. */
function showMenu(elements: ConversationMessageContent[], text: string): Shown[] {
  const choices = elements.flatMap(({ contentType, quickReply }) =>
    contentType === "QuickReply" && quickReply ? [toChoice(quickReply)] : [],
  );
  return choices.length === 0 ? [] : [showChoices(text, choices, text)];
}

function showChoices(question: string, choices: Choice[], text: string): Shown {
  const byValue = new Map(choices.map((choice) => [choice.value, choice]));
  const title = question || defaultQuestion;
  const content: Content = { type: "quick-reply", title, choices: [...byValue.values()] };
  return { contents: [content], usesText: question === text };
}

function toChoice({ text, payload, image }: ConversationContentQuickReply): Choice {
  return { label: text, value: payload || text, ...(image ? { imageUrl: image } : {}) };
}

function showAttachment(attachment: ConversationContentAttachment, text: string): Shown {
  const { mediaType, url = "", filename, mime } = attachment;
  const words = attachment.text || text;
  const caption = words === "" ? {} : { caption: words };
  const usesText = words === text;
  if (mediaType === "Link") {
    return { contents: [{ type: "text", text: words ? `${words}\n${url}` : url }], usesText };
  }
  const names = { ...(filename ? { filename } : {}), ...(mime ? { mimeType: mime } : {}) };
  const type = mediaTypes[mediaType] ?? "file";
  const content: Content = type === "file" ? { type, url, ...names, ...caption } : { type, url, ...caption };
  return { contents: [content], usesText };
}

const mediaTypes: Partial<Record<ConversationContentAttachment["mediaType"], "image" | "video" | "audio">> = {
  Image: "image",
  Video: "video",
  Audio: "audio",
};

function toCard({ title, description, image, actions = [], defaultAction }: ConversationContentCard): Card {
  const itsDefault = defaultAction && toAction(defaultAction)[0];
  return {
    title,
    ...(description ? { subtitle: description } : {}),
    ...(image ? { image: { url: image } } : {}),
    ...(actions.length > 0 ? { actions: actions.flatMap(toAction) } : {}),
    ...(itsDefault ? { defaultAction: itsDefault } : {}),
  };
}

function toAction({ type, text = "", payload, url }: ConversationContentCardAction): Action[] {
  if (type === "Link" && url) return [{ type: "web_url", title: text || url, url }];
  return payload || text
    ? [{ type: "postback", title: text || (payload ?? ""), payload: payload ?? text }]
    : [];
}

function toLocation({ latitude, longitude, text, address, url }: ConversationContentLocation): Content {
  if (latitude === undefined || longitude === undefined) {
    return { type: "text", text: [text, address, url].filter(Boolean).join("\n") };
  }
  const names = { ...(text ? { name: text } : {}), ...(address ? { address } : {}) };
  return { type: "location", latitude, longitude, ...names };
}

function showDatePicker(picker: ConversationContentDatePicker, text: string): Shown {
  const { title, subtitle, availableTimes = [] } = picker;
  const question = [title, subtitle].filter(Boolean).join("\n") || text;
  const choices = availableTimes.flatMap(({ dateTime, duration }) =>
    dateTime ? [{ label: timeLabel(dateTime, duration), value: dateTime }] : [],
  );
  if (choices.length > 0) return showChoices(question, choices.slice(0, limits.choices), text);
  return { contents: [{ type: "text", text: question }], usesText: question === text };
}

/** A time as anybody reads it, in UTC since the customer's zone is not known. */
function timeLabel(dateTime: string, durationSeconds?: number): string {
  const at = new Date(dateTime);
  if (Number.isNaN(at.getTime())) return dateTime;
  const when = `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return durationSeconds ? `${when} (${Math.round(durationSeconds / 60)} min)` : when;
}

function showListPicker(
  { sections = [], receivedMessage }: ConversationContentListPicker,
  text: string,
): Shown {
  const { title, subtitle } = receivedMessage ?? {};
  const question = [title, subtitle].filter(Boolean).join("\n") || text || (sections[0]?.title ?? "");
  const choices = sections.flatMap(({ items = [] }) =>
    items.flatMap(({ id, title: label, imageUrl }) =>
      label ? [{ label, value: id || label, ...(imageUrl ? { imageUrl } : {}) }] : [],
    ),
  );
  return choices.length > 0
    ? showChoices(question, choices.slice(0, limits.choices), text)
    : { contents: question ? [{ type: "text", text: question }] : [], usesText: question === text };
}

function showTemplate(template: ConversationContentNotificationTemplate, text: string): Shown {
  const { header, body, footer, buttons = [] } = template;
  const media = header?.media ? showAttachment(header.media, "").contents : [];
  const links = buttons.flatMap(({ type, text: label, url, phoneNumber }) =>
    type === "QuickReply" ? [] : [`${label ?? ""}: ${url ?? phoneNumber ?? ""}`],
  );
  const lines = [header?.text, body.text || text, footer?.text, ...links];
  const words = lines.filter(Boolean).join("\n");
  const choices = buttons.flatMap(({ type, text: label, payload }) =>
    type === "QuickReply" && label ? [{ label, value: payload || label }] : [],
  );
  const asked = choices.length > 0 ? showChoices(words, choices, text).contents : [];
  const told: Content[] = asked.length > 0 || words === "" ? asked : [{ type: "text", text: words }];
  return { contents: [...media, ...told], usesText: true };
}

/** The content where it is valid, or its text. */
function valid(content: Content, options: { allowHttp: boolean }): Content[] {
  const result = validate(content, options);
  if (result.ok) return [result.content];
  const words = contentText(content).slice(0, limits.text).trim();
  const asText = words === "" ? undefined : validate({ type: "text", text: words }, options);
  return asText?.ok ? [asText.content] : [];
}

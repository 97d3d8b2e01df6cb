import type {
  Action,
  Card,
  CarouselContent,
  Content,
  FileContent,
  LocationContent,
  PostbackAction,
  QuickReplyContent,
  WebUrlAction,
} from "../../content.ts";
import { foldedText } from "../degrade/card-text.ts";
import { choiceFormFor } from "../degrade/choice-form.ts";
import { whatsapp } from "../profiles/whatsapp.ts";
import { degrees } from "../text/degrees.ts";
import { figure } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import type { JsonObject } from "./json.ts";

/** Longer names of a document are refused. */
const longestFilename = 240;

/** A message of the WhatsApp Cloud API, by Meta's pages on interactive, media, location and text messages. */
export function renderWhatsApp(
  content: Content,
  { chooseLabel = "Choose" }: { chooseLabel?: string | undefined },
): JsonObject {
  switch (content.type) {
    case "text":
      return { type: "text", text: { body: content.text } };
    case "image":
    case "video":
      return { type: content.type, [content.type]: { link: content.url, ...captionOf(content) } };
    case "audio":
      return { type: "audio", audio: { link: content.url } };
    case "file":
      return { type: "document", document: documentOf(content) };
    case "location":
      return { type: "location", location: locationOf(content) };
    case "quick-reply":
      return choiceFormFor(whatsapp, content.choices.length)?.form === "list"
        ? interactive(listOf(content, chooseLabel))
        : interactive(replyButtons(content));
    case "card":
      return renderCard(content);
    case "carousel":
      return interactive(carouselOf(content));
  }
}

function interactive(body: JsonObject): JsonObject {
  return { type: "interactive", interactive: body };
}

function captionOf({ caption }: { caption?: string }): JsonObject {
  return caption === undefined || caption === "" ? {} : { caption };
}

function documentOf(content: FileContent): JsonObject {
  const { url, filename = "" } = content;
  const name = filename !== "" && filename.length <= longestFilename ? { filename } : {};
  return { link: url, ...name, ...captionOf(content) };
}

/** Meta's OpenAPI document types the two numbers as strings. */
function locationOf({ latitude, longitude, name, address }: LocationContent): JsonObject {
  return {
    latitude: degrees(latitude),
    longitude: degrees(longitude),
    ...(name && { name }),
    ...(address && { address }),
  };
}

function replyButtons({ title, choices }: QuickReplyContent): JsonObject {
  const buttons = choices.map(({ label, value }) => ({ type: "reply", reply: { id: value, title: label } }));
  return { type: "button", body: { text: title }, action: { buttons } };
}

function listOf({ title, choices }: QuickReplyContent, chooseLabel: string): JsonObject {
  const rows = choices.map(({ label, value }) => ({ id: value, title: label }));
  const button = cutText(chooseLabel, [{ max: figure(whatsapp, "list.button.label.max") ?? 0 }]);
  return { type: "list", body: { text: title }, action: { button, sections: [{ rows }] } };
}

/** A card has no form of its own: it is a picture, text and buttons of one kind. */
function renderCard(card: Card): JsonObject {
  const { title, subtitle, image, actions = [] } = card;
  const text = foldedText(title, subtitle);
  if (actions.length === 0) {
    return image
      ? { type: "image", image: { link: image.url, caption: text } }
      : { type: "text", text: { body: text } };
  }
  const header = image && { header: { type: "image", image: { link: image.url } } };
  const [link] = links(actions);
  if (link) return interactive({ type: "cta_url", ...header, body: { text }, action: openUrl(link) });
  const buttons = postbacks(actions).map((action) => ({ type: "reply", reply: replyOf(action) }));
  return interactive({ type: "button", ...header, body: { text }, action: { buttons } });
}

/** The type of a card is `cta_url`, whatever its buttons are. */
function carouselOf({ cards }: CarouselContent): JsonObject {
  const room = [{ max: figure(whatsapp, "carousel.body.max") ?? 0 }];
  return {
    type: "carousel",
    body: { text: cutText(cards.map(({ title }) => title).join(" · "), room) || "…" },
    action: { cards: cards.map(carouselCard) },
  };
}

function carouselCard({ title, subtitle, image, actions = [] }: Card, index: number): JsonObject {
  const [link] = links(actions);
  const buttons = postbacks(actions).map((action) => ({ type: "quick_reply", quick_reply: replyOf(action) }));
  return {
    card_index: index,
    type: "cta_url",
    header: { type: "image", image: { link: image?.url ?? "" } },
    body: { text: foldedText(title, subtitle) },
    action: link ? openUrl(link) : { buttons },
  };
}

function openUrl({ title, url }: WebUrlAction): JsonObject {
  return { name: "cta_url", parameters: { display_text: title, url } };
}

function replyOf({ title, payload }: PostbackAction): JsonObject {
  return { id: payload, title };
}

function links(actions: readonly Action[]): WebUrlAction[] {
  return actions.filter((action) => action.type === "web_url");
}

function postbacks(actions: readonly Action[]): PostbackAction[] {
  return actions.filter((action) => action.type === "postback");
}

import type { Action, Card, Choice, Content, LocationContent } from "../../content.ts";
import { type JsonObject, notShown } from "./json.ts";

const methods = {
  image: ["sendPhoto", "photo"],
  audio: ["sendAudio", "audio"],
  video: ["sendVideo", "video"],
  file: ["sendDocument", "document"],
} as const;

/** A call of Telegram's Bot API, with the method's name: https://core.telegram.org/bots/api#available-methods. */
export function renderTelegram(content: Content): JsonObject {
  switch (content.type) {
    case "text":
      return { method: "sendMessage", text: content.text };
    case "image":
    case "audio":
    case "video":
    case "file": {
      const [method, field] = methods[content.type];
      return { method, [field]: content.url, ...(content.caption && { caption: content.caption }) };
    }
    case "location":
      return place(content);
    case "quick-reply":
      return { method: "sendMessage", text: content.title, ...keyboard(content.choices.map(choiceButton)) };
    case "card":
      return card(content);
    case "carousel":
      throw notShown("Telegram", content.type);
  }
}

function place({ latitude, longitude, name, address }: LocationContent): JsonObject {
  if (!name || !address) return { method: "sendLocation", latitude, longitude };
  return { method: "sendVenue", latitude, longitude, title: name, address };
}

function card({ title, subtitle, image, actions = [] }: Card): JsonObject {
  const text = `<b>${escaped(title)}</b>${subtitle ? `\n${escaped(subtitle)}` : ""}`;
  const buttons = keyboard(actions.map(actionButton));
  return image
    ? { method: "sendPhoto", photo: image.url, caption: text, parse_mode: "HTML", ...buttons }
    : { method: "sendMessage", text, parse_mode: "HTML", ...buttons };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Buttons below the message, each in a row of its own. */
function keyboard(buttons: readonly JsonObject[]): JsonObject {
  if (buttons.length === 0) return {};
  return { reply_markup: { inline_keyboard: buttons.map((button) => [button]) } };
}

function choiceButton({ label, value }: Choice): JsonObject {
  return { text: label, callback_data: value };
}

function actionButton(action: Action): JsonObject {
  return action.type === "postback"
    ? { text: action.title, callback_data: action.payload }
    : { text: action.title, url: action.url };
}

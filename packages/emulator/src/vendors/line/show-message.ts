import type { Shown } from "../stand-in.ts";
import type { LineMessage } from "./message-schema.ts";

type Action = { type: string; label?: string | undefined; data?: string; uri?: string; text?: string };

/** What a customer sees of a message on LINE. */
export function showMessage(message: LineMessage): Shown {
  const shown: Shown = { texts: [], media: [], choices: [], links: [] };
  switch (message.type) {
    case "text":
      shown.texts.push(message.text);
      break;
    case "image":
    case "video":
    case "audio":
      shown.media.push(message.originalContentUrl);
      break;
    case "location":
      shown.texts.push(message.title, message.address);
      shown.place = { latitude: message.latitude, longitude: message.longitude };
      break;
    case "template":
      showTemplate(message.template, shown);
      break;
    case "flex":
      showFlex(message.contents, shown);
      break;
  }
  for (const { action } of message.quickReply?.items ?? []) showAction(action, shown);
  return shown;
}

type Template = Extract<LineMessage, { type: "template" }>["template"];

function showTemplate(template: Template, shown: Shown): void {
  switch (template.type) {
    case "buttons":
    case "confirm":
      showColumn(template, shown);
      break;
    case "carousel":
      for (const column of template.columns) showColumn(column, shown);
      break;
    case "image_carousel":
      for (const { imageUrl, action } of template.columns) {
        shown.media.push(imageUrl);
        showAction(action, shown);
      }
  }
}

interface Column {
  thumbnailImageUrl?: string;
  title?: string;
  text: string;
  actions: Action[];
}

function showColumn({ thumbnailImageUrl, title, text, actions }: Column, shown: Shown): void {
  if (thumbnailImageUrl !== undefined) shown.media.push(thumbnailImageUrl);
  if (title !== undefined) shown.texts.push(title);
  shown.texts.push(text);
  for (const action of actions) showAction(action, shown);
}

/** Flex is a tree of boxes: its texts, pictures and buttons stand anywhere in it. */
function showFlex(node: unknown, shown: Shown): void {
  if (typeof node !== "object" || node === null) return;
  const { type, text, url, action, ...rest } = node as Record<string, unknown>;
  if (type === "text" && typeof text === "string") shown.texts.push(text);
  if (type === "image" && typeof url === "string") shown.media.push(url);
  if (type === "button") showAction(action as Action, shown);
  for (const child of Object.values(rest)) {
    for (const one of Array.isArray(child) ? child : [child]) showFlex(one, shown);
  }
}

function showAction(action: Action, shown: Shown): void {
  const { type, label = "", data, uri, text } = action;
  if (type === "postback") shown.choices.push({ id: data ?? "", label });
  if (type === "message") shown.choices.push({ id: text ?? "", label });
  if (type === "uri") shown.links.push({ label, url: uri ?? "" });
}

import type { Shown } from "../stand-in.ts";
import type { MessengerMessage } from "./message-schema.ts";

/** What a quick reply shows at most of its label. */
const shownLabel = 20;

/** What a customer sees of a message on Messenger or Instagram. */
export function showMessage({ text, attachment, quick_replies: replies = [] }: MessengerMessage): Shown {
  const shown: Shown = { texts: text === undefined ? [] : [text], media: [], choices: [], links: [] };
  if (attachment?.type === "template") showTemplate(attachment.payload, shown);
  else if (attachment) shown.media.push(attachment.payload.url);
  shown.choices.push(
    ...replies.map(({ title, payload }) => ({ id: payload, label: title.slice(0, shownLabel) })),
  );
  return shown;
}

type Template = Extract<NonNullable<MessengerMessage["attachment"]>, { type: "template" }>["payload"];

function showTemplate(template: Template, shown: Shown): void {
  if (template.template_type === "button") {
    shown.texts.push(template.text);
    showButtons(template.buttons, shown);
    return;
  }
  for (const { title, subtitle, image_url: picture, buttons = [] } of template.elements) {
    shown.texts.push(title, ...(subtitle === undefined ? [] : [subtitle]));
    if (picture !== undefined) shown.media.push(picture);
    showButtons(buttons, shown);
  }
}

type Button = { type: string; title?: string; payload?: string; url?: string };

function showButtons(buttons: readonly Button[], shown: Shown): void {
  for (const { type, title = "Log in", payload, url } of buttons) {
    if (type === "postback") shown.choices.push({ id: payload ?? "", label: title });
    else shown.links.push({ label: title, url: url ?? `tel:${payload}` });
  }
}

import { sideBySide } from "../side-by-side.ts";
import type { Shown } from "../stand-in.ts";
import type { MessengerMessage } from "./message-schema.ts";

/** What a quick reply shows at most of its label. */
const shownLabel = 20;

/** What a customer sees of a message on Messenger or Instagram. */
export function showMessage({ text, attachment, quick_replies: replies = [] }: MessengerMessage): Shown {
  const shown: Shown = { texts: text === undefined ? [] : [text], media: [], choices: [], links: [] };
  if (attachment?.type === "template") Object.assign(shown, showTemplate(attachment.payload));
  else if (attachment) {
    shown.media.push(attachment.payload.url);
    shown.mediaKind = attachment.type;
  }
  shown.choices.push(
    ...replies.map(({ title, payload }) => ({ id: payload, label: title.slice(0, shownLabel) })),
  );
  return shown;
}

type Template = Extract<NonNullable<MessengerMessage["attachment"]>, { type: "template" }>["payload"];

function showTemplate(template: Template): Shown {
  if (template.template_type === "button")
    return { texts: [template.text], media: [], ...showButtons(template.buttons) };
  return sideBySide(
    template.elements.map(({ title, subtitle, image_url: picture, buttons = [] }) => ({
      texts: subtitle === undefined ? [title] : [title, subtitle],
      media: picture === undefined ? [] : [picture],
      ...showButtons(buttons),
    })),
  );
}

type Button = { type: string; title?: string; payload?: string; url?: string };

function showButtons(buttons: readonly Button[]): Pick<Shown, "choices" | "links"> {
  const shown: Pick<Shown, "choices" | "links"> = { choices: [], links: [] };
  for (const { type, title = "Log in", payload, url } of buttons) {
    if (type === "postback") shown.choices.push({ id: payload ?? "", label: title });
    else shown.links.push({ label: title, url: url ?? `tel:${payload}` });
  }
  return shown;
}

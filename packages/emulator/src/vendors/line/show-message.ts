import { sideBySide } from "../side-by-side.ts";
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
      shown.mediaKind = message.type;
      break;
    case "location":
      shown.texts.push(message.title, message.address);
      shown.place = { latitude: message.latitude, longitude: message.longitude };
      break;
    case "template":
      Object.assign(shown, showTemplate(message.template));
      break;
    case "flex":
      Object.assign(shown, showContainer(message.contents));
      break;
  }
  for (const { action } of message.quickReply?.items ?? []) showAction(action, shown);
  return shown;
}

type Template = Extract<LineMessage, { type: "template" }>["template"];

function showTemplate(template: Template): Shown {
  switch (template.type) {
    case "buttons":
    case "confirm":
      return showColumn(template);
    case "carousel":
      return sideBySide(template.columns.map(showColumn));
    case "image_carousel":
      return sideBySide(
        template.columns.map(({ imageUrl, action }) =>
          showColumn({ thumbnailImageUrl: imageUrl, actions: [action] }),
        ),
      );
  }
}

interface Column {
  thumbnailImageUrl?: string;
  title?: string;
  text?: string;
  actions: Action[];
}

function showColumn({ thumbnailImageUrl, title, text, actions }: Column): Shown {
  const present = (...words: (string | undefined)[]) => words.filter((word) => word !== undefined);
  const shown: Shown = {
    texts: present(title, text),
    media: present(thumbnailImageUrl),
    choices: [],
    links: [],
  };
  for (const action of actions) showAction(action, shown);
  return shown;
}

function showContainer(container: { type: string; contents?: unknown }): Shown {
  const bubbles = container.type === "carousel" ? (container.contents as unknown[]) : [container];
  return sideBySide(
    bubbles.map((bubble) => {
      const shown: Shown = { texts: [], media: [], choices: [], links: [] };
      showFlex(bubble, shown);
      return shown;
    }),
  );
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

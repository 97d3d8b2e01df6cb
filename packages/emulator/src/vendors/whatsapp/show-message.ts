import { sideBySide } from "../side-by-side.ts";
import type { CustomerMedia, Shown } from "../stand-in.ts";
import type { WhatsAppInteractive, WhatsAppMessage } from "./message-schema.ts";
import { filled, type WhatsAppTemplate } from "./template.ts";

const nothing = (): Shown => ({ texts: [], media: [], choices: [], links: [] });

/** What a customer sees of a message on WhatsApp. */
export function showMessage(message: WhatsAppMessage, templates: readonly WhatsAppTemplate[]): Shown {
  switch (message.type) {
    case "text":
      return { ...nothing(), texts: [unmarked(message.text.body)] };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return showMedia(message as Record<string, unknown>, message.type);
    case "location": {
      const { latitude, longitude, name, address } = message.location;
      return { ...nothing(), texts: present(name, address), place: { latitude, longitude } };
    }
    case "interactive":
      return showInteractive(message.interactive);
    case "template": {
      const { texts, choices } = filled(message.template, templates);
      return { ...nothing(), texts, choices };
    }
  }
}

interface Media {
  link?: string;
  id?: string;
  caption?: string;
  filename?: string;
}

const mediaKinds: Readonly<Record<string, CustomerMedia["kind"]>> = {
  image: "image",
  sticker: "image",
  audio: "audio",
  video: "video",
};

function showMedia(message: Record<string, unknown>, type: string): Shown {
  const media = message[type] as Media;
  const texts = present(media.caption && unmarked(media.caption), media.filename);
  return { ...nothing(), media: [addressOf(media)], mediaKind: mediaKinds[type] ?? "file", texts };
}

function addressOf({ link, id }: Media): string {
  return link ?? `media:${id}`;
}

function showInteractive(interactive: WhatsAppInteractive): Shown {
  const shown: Shown = {
    ...nothing(),
    ...showHeader("header" in interactive ? interactive.header : undefined),
  };
  shown.texts.push(
    unmarked(interactive.body.text),
    ...present("footer" in interactive ? interactive.footer?.text : undefined),
  );
  switch (interactive.type) {
    case "button":
      shown.choices = interactive.action.buttons.map(({ reply }) => ({ id: reply.id, label: reply.title }));
      break;
    case "list":
      shown.hasList = true;
      for (const { id, title, description } of interactive.action.sections.flatMap(({ rows }) => rows)) {
        shown.choices.push({ id, label: title });
        shown.texts.push(...present(description?.trim()));
      }
      break;
    case "cta_url":
      shown.links = [toLink(interactive.action.parameters)];
      break;
    case "carousel":
      return withCards(shown, interactive.action.cards.map(showCard));
    case "location_request_message":
      break;
  }
  return shown;
}

type Card = Extract<WhatsAppInteractive, { type: "carousel" }>["action"]["cards"][number];

function showCard({ header, body, action }: Card): Shown {
  const texts = present(body && unmarked(body.text));
  const shown = { ...nothing(), ...showHeader(header), texts };
  if ("parameters" in action) return { ...shown, links: [toLink(action.parameters)] };
  const choices = action.buttons.map(({ quick_reply: { id, title } }) => ({ id, label: title }));
  return { ...shown, choices };
}

/** The text of the message itself stands above its cards. */
function withCards({ texts }: Shown, cards: readonly Shown[]): Shown {
  const shown = sideBySide(cards);
  return { ...shown, texts: [...texts, ...shown.texts] };
}

/** What stands between two asterisks is shown bold, without them. */
function unmarked(text: string): string {
  return text.replace(/(?<![^\s])\*(?=\S)([^*\n]*?\S)\*(?![^\s.,:;!?])/g, "$1");
}

function showHeader(header: object | undefined): Partial<Shown> & { texts: string[] } {
  if (!header || !("type" in header)) return { texts: [] };
  const { type, ...rest } = header as { type: string } & Record<string, unknown>;
  if (type === "text") return { texts: [String(rest.text)] };
  return { texts: [], media: [addressOf(rest[type] as Media)] };
}

function toLink({ display_text: label, url }: { display_text: string; url: string }) {
  return { label, url };
}

function present(...texts: (string | undefined)[]): string[] {
  return texts.filter((text) => text !== undefined && text !== "") as string[];
}

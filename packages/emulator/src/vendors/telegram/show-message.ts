import type { CustomerMedia, Shown } from "../stand-in.ts";
import { type SendMethod, shownText } from "./method-schemas.ts";

interface Sent {
  text?: string;
  caption?: string;
  parse_mode?: "HTML";
  title?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
  reply_markup?: { inline_keyboard: { text: string; callback_data?: string; url?: string }[][] };
  [media: string]: unknown;
}

const mediaOf: Partial<Record<SendMethod, { field: string; kind: CustomerMedia["kind"] }>> = {
  sendPhoto: { field: "photo", kind: "image" },
  sendAudio: { field: "audio", kind: "audio" },
  sendVideo: { field: "video", kind: "video" },
  sendDocument: { field: "document", kind: "file" },
};

/** What a customer sees of a message on Telegram. */
export function showMessage(method: SendMethod, sent: Sent): Shown {
  const buttons = sent.reply_markup?.inline_keyboard.flat() ?? [];
  const media = mediaOf[method];
  const medium = media && sent[media.field];
  const { latitude, longitude } = sent;
  return {
    texts: [shownText(sent), sent.title, sent.address].filter(
      (text) => text !== undefined && text !== "",
    ) as string[],
    media: typeof medium === "string" ? [medium] : [],
    ...(media && { mediaKind: media.kind }),
    choices: buttons.flatMap(({ text: label, callback_data: id }) => (id === undefined ? [] : { id, label })),
    links: buttons.flatMap(({ text: label, url }) => (url === undefined ? [] : { label, url })),
    ...(latitude === undefined || longitude === undefined ? {} : { place: { latitude, longitude } }),
  };
}

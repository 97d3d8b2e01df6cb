/** What the Bot API's methods take. Texts are counted as the customer sees them, after their markup is read. */
import { z } from "zod";
import { readMarkup } from "./markup.ts";

const chatId = z.union([z.int(), z.string().regex(/^-?\d+$/)]);
const address = z.string().min(1).max(2048);

const bytesOf = (value: string) => new TextEncoder().encode(value).length;

const button = z.union([
  z.strictObject({
    text: z.string().min(1),
    callback_data: z
      .string()
      .refine((value) => bytesOf(value) >= 1 && bytesOf(value) <= 64, "BUTTON_DATA_INVALID"),
  }),
  z.strictObject({
    text: z.string().min(1),
    url: z.string().regex(/^(https?|tg):\/\/\S+$/, "BUTTON_URL_INVALID"),
  }),
]);

const keyboard = z.strictObject({
  inline_keyboard: z
    .array(z.array(button).min(1).max(8, "too many buttons in a row"))
    .refine((rows) => rows.flat().length <= 100, "reply markup is too long"),
});

const parseMode = z.enum(["HTML"]).exactOptional();

interface Marked {
  text?: string | undefined;
  caption?: string | undefined;
  parse_mode?: "HTML" | undefined;
}

/** The text as shown; `undefined` where its markup is broken. */
export function shownText({ text, caption, parse_mode: mode }: Marked): string | undefined {
  const written = text ?? caption ?? "";
  return mode === "HTML" ? readMarkup(written) : written;
}

const isReadable = (marked: Marked) => shownText(marked) !== undefined;
const isWithin = (max: number) => (marked: Marked) => (shownText(marked) ?? "").length <= max;

const common = {
  chat_id: chatId,
  reply_markup: keyboard.exactOptional(),
  disable_notification: z.boolean().exactOptional(),
  protect_content: z.boolean().exactOptional(),
};

const sendMessage = z
  .strictObject({
    ...common,
    text: z.string().refine((value) => value.trim() !== "", "message text is empty"),
    parse_mode: parseMode,
    link_preview_options: z.strictObject({ is_disabled: z.boolean().exactOptional() }).exactOptional(),
  })
  .refine(isReadable, "can't parse entities")
  .refine(isWithin(4096), "message is too long");

const media = <Kind extends string>(kind: Kind, more: z.core.$ZodLooseShape = {}) =>
  z
    .strictObject({
      ...common,
      [kind]: address,
      caption: z.string().exactOptional(),
      parse_mode: parseMode,
      ...more,
    })
    .refine((value) => isReadable(value as Marked), "can't parse entities")
    .refine((value) => isWithin(1024)(value as Marked), "message caption is too long");

const degrees = (limit: number) => z.number().min(-limit).max(limit);
const place = { latitude: degrees(90), longitude: degrees(180) };

/** The methods that send something. */
export const sendMethods = {
  sendMessage,
  sendPhoto: media("photo"),
  sendAudio: media("audio", { title: z.string().exactOptional() }),
  sendVideo: media("video", { thumbnail: address.exactOptional() }),
  sendDocument: media("document"),
  sendLocation: z.strictObject({ ...common, ...place }),
  sendVenue: z.strictObject({ ...common, ...place, title: z.string().min(1), address: z.string().min(1) }),
} as const;

export type SendMethod = keyof typeof sendMethods;

export const answerCallbackQuerySchema = z.strictObject({
  callback_query_id: z.string().min(1),
  text: z.string().max(200).exactOptional(),
  show_alert: z.boolean().exactOptional(),
});

export const setWebhookSchema = z.strictObject({
  url: z.union([z.literal(""), z.url()]),
  secret_token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/)
    .exactOptional(),
  allowed_updates: z.array(z.string()).exactOptional(),
  drop_pending_updates: z.boolean().exactOptional(),
  max_connections: z.int().min(1).max(100).exactOptional(),
});

import { type JsonFields, present } from "../../json/json-fields.ts";
import { isSameSecret } from "../../signatures/same-secret.ts";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { toldLocation } from "../told-location.ts";
import { verifiedJson } from "../verified-json.ts";

/**
 * Reads an update of Telegram's, which carries the secret that `setWebhook` was given. A tap is answered at once, or the
 * customer would see a turning wheel: Telegram takes a method in the answer to its webhook.
 */
export function readTelegramWebhook(body: Uint8Array, headers: Headers, webhookSecret: string): ReadWebhook {
  const given = headers.get("x-telegram-bot-api-secret-token") ?? "";
  const read = verifiedJson(body, {
    isVerified: isSameSecret(given, webhookSecret),
    otherwise: "X-Telegram-Bot-Api-Secret-Token is not the webhook's secret.",
  });
  if (!read.ok) return read;
  const tap = read.json.fields("callback_query");
  const tapId = tap.text("id");
  if (tapId === undefined) return { ok: true, news: messageNews(read.json.fields("message")) };
  const answer = { method: "answerCallbackQuery", callback_query_id: tapId };
  return { ok: true, news: tapNews(tap, tapId), answer };
}

function tapNews(tap: JsonFields, id: string): ChannelNews[] {
  const from = tap.fields("from");
  const [address, data] = [from.number("id"), tap.text("data")];
  if (address === undefined || data === undefined) return [];
  // A tap has no time of its own: it is now.
  const content: ToldContent = { type: "answer", id: data };
  return [
    {
      kind: "inbound",
      address: String(address),
      id: `tap-${id}`,
      at: Number.MAX_SAFE_INTEGER,
      content,
      ...nameOf(from),
    },
  ];
}

function messageNews(message: JsonFields): ChannelNews[] {
  const [chat, number] = [message.fields("chat"), message.number("message_id")];
  const address = chat.number("id");
  // Contacts are people: groups and channels are not spoken with.
  if (address === undefined || number === undefined || chat.text("type") !== "private") return [];
  const at = (message.number("date") ?? 0) * 1000;
  return [
    {
      kind: "inbound",
      address: String(address),
      id: `message-${number}`,
      at,
      content: contentOf(message),
      ...nameOf(message.fields("from")),
    },
  ];
}

function nameOf(from: JsonFields): { displayName?: string } {
  const name = [from.text("first_name"), from.text("last_name")].filter(Boolean).join(" ").slice(0, 200);
  return name === "" ? {} : { displayName: name };
}

const media = [
  ["audio", "audio"],
  ["voice", "audio"],
  ["video", "video"],
  ["document", "file"],
] as const;

function contentOf(message: JsonFields): ToldContent {
  const text = message.text("text");
  if (text !== undefined) return { type: "text", text };
  const caption = message.text("caption");
  const photo = message.list("photo").at(-1);
  if (photo) return { type: "image", ...present({ channelMediaId: photo.text("file_id"), caption }) };
  for (const [field, type] of media) {
    const own = message.fields(field);
    const id = own.text("file_id");
    if (id === undefined) continue;
    const told = {
      channelMediaId: id,
      mimeType: own.text("mime_type"),
      filename: own.text("file_name"),
      caption,
    };
    return { type, ...present(told) };
  }
  return toldLocation(message.fields("location")) ?? { type: "text", text: "[message]" };
}

import { type JsonFields, present } from "../../json/json-fields.ts";
import type { PartStatus } from "../../store/channel-records.ts";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { readHubWebhook } from "../meta/hub-webhook.ts";
import { readMark } from "../part-mark.ts";
import { toldLocation } from "../told-location.ts";
import { whatsAppFailures } from "./whatsapp-failures.ts";

/** Reads a webhook of WhatsApp's: what customers sent, and how far messages have come. */
export function readWhatsAppWebhook(body: Uint8Array, headers: Headers, appSecret: string): ReadWebhook {
  const read = readHubWebhook(body, headers, appSecret);
  if (!read.ok) return read;
  const values = read.json
    .list("entry")
    .flatMap((entry) => entry.list("changes"))
    .map((change) => change.fields("value"));
  return { ok: true, news: values.flatMap(newsOf) };
}

function newsOf(value: JsonFields): ChannelNews[] {
  const names = new Map(
    value.list("contacts").map((contact) => [contact.text("wa_id"), contact.fields("profile").text("name")]),
  );
  return [
    ...value.list("messages").flatMap((message) => inboundOf(message, names)),
    ...value.list("statuses").flatMap(partOf),
  ];
}

function inboundOf(message: JsonFields, names: Map<string | undefined, string | undefined>): ChannelNews[] {
  const [address, id, content] = [message.text("from"), message.text("id"), contentOf(message)];
  if (address === undefined || id === undefined || !content) return [];
  const at = secondsOf(message.text("timestamp"));
  return [{ kind: "inbound", address, id, at, content, ...present({ displayName: names.get(address) }) }];
}

/** `undefined` for what is no word of the customer's: reactions, and notices of WhatsApp's own. */
function contentOf(message: JsonFields): ToldContent | undefined {
  const type = message.text("type") ?? "";
  const own = message.fields(type);
  switch (type) {
    case "text":
      return { type: "text", text: own.text("body") ?? "" };
    case "button":
      return { type: "answer", id: own.text("payload") ?? "", ...present({ label: own.text("text") }) };
    case "interactive": {
      const reply = own.fields(own.text("type") ?? "");
      return { type: "answer", id: reply.text("id") ?? "", ...present({ label: reply.text("title") }) };
    }
    case "image":
    case "sticker":
      return mediumOf("image", own);
    case "audio":
    case "video":
      return mediumOf(type, own);
    case "document":
      return mediumOf("file", own);
    case "location":
      return toldLocation(own, { name: own.text("name"), address: own.text("address") }) ?? unshown(type);
    case "reaction":
    case "system":
      return undefined;
    default:
      return unshown(type);
  }
}

/** What stands for something that cannot be told. */
function unshown(type: string): ToldContent {
  return { type: "text", text: `[${type}]` };
}

/** The bytes are given out by the Graph API to who holds the token, for some days. */
function mediumOf(type: "image" | "audio" | "video" | "file", own: JsonFields): ToldContent {
  const told = {
    channelMediaId: own.text("id"),
    mimeType: own.text("mime_type"),
    filename: own.text("filename"),
    caption: own.text("caption"),
  };
  return { type, ...present(told) };
}

const statuses: Readonly<Record<string, PartStatus>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

function partOf(status: JsonFields): ChannelNews[] {
  const id = status.text("id");
  const told = status.text("status") ?? "";
  const moved = Object.hasOwn(statuses, told) ? statuses[told] : undefined;
  if (id === undefined || moved === undefined) return [];
  const mark = readMark(status.text("biz_opaque_callback_data"));
  const code = status.list("errors")[0]?.number("code");
  const reason = code === undefined ? undefined : reasonOf(code);
  const at = secondsOf(status.text("timestamp"));
  return [{ kind: "part", channelMessageId: id, status: moved, at, ...present({ mark, reason }) }];
}

function reasonOf(code: number): string {
  const meaning = whatsAppFailures[code]?.meaning ?? "It could not be delivered.";
  return `WhatsApp reported ${code}: ${meaning}`;
}

function secondsOf(text: string | undefined): number {
  const seconds = Number(text);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

import { type JsonFields, present } from "../../json/json-fields.ts";
import { isHmacOf } from "../../signatures/hmac.ts";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { toldLocation } from "../told-location.ts";
import { verifiedJson } from "../verified-json.ts";

/** Reads a webhook of LINE's. It tells what customers do; of messages it tells nothing. */
export function readLineWebhook(body: Uint8Array, headers: Headers, channelSecret: string): ReadWebhook {
  const read = verifiedJson(body, {
    isVerified: isSigned(body, headers, channelSecret),
    otherwise: "X-Line-Signature is not of this body and the channel's secret.",
  });
  return read.ok ? { ok: true, news: read.json.list("events").flatMap(newsOf) } : read;
}

/** The base64 of the HMAC-SHA256 of the body's bytes: https://developers.line.biz/en/reference/messaging-api/ */
function isSigned(body: Uint8Array, headers: Headers, channelSecret: string): boolean {
  return isHmacOf(body, channelSecret, Buffer.from(headers.get("x-line-signature") ?? "", "base64"));
}

function newsOf(event: JsonFields): ChannelNews[] {
  const address = event.fields("source").text("userId");
  const id = event.text("webhookEventId");
  const content = contentOf(event);
  if (address === undefined || id === undefined || !content) return [];
  return [{ kind: "inbound", address, id, at: event.number("timestamp") ?? 0, content }];
}

function contentOf(event: JsonFields): ToldContent | undefined {
  if (event.text("type") === "postback") {
    return { type: "answer", id: event.fields("postback").text("data") ?? "" };
  }
  return event.text("type") === "message" ? messageOf(event.fields("message")) : undefined;
}

function messageOf(message: JsonFields): ToldContent {
  const type = message.text("type") ?? "";
  switch (type) {
    case "text":
      return { type: "text", text: message.text("text") ?? "" };
    case "image":
    case "audio":
    case "video":
    case "file":
      return { type, ...mediumOf(message) };
    case "location": {
      const words = { name: message.text("title"), address: message.text("address") };
      return toldLocation(message, words) ?? unshown(type);
    }
    default:
      return unshown(type);
  }
}

/** What stands for something that cannot be told. */
function unshown(type: string): ToldContent {
  return { type: "text", text: `[${type}]` };
}

/** What the customer sent is at LINE, for who holds the token, unless somebody else provides it. */
function mediumOf(message: JsonFields) {
  const provider = message.fields("contentProvider");
  return present({
    url: provider.text("originalContentUrl"),
    channelMediaId: provider.text("originalContentUrl") === undefined ? message.text("id") : undefined,
    filename: message.text("fileName"),
  });
}

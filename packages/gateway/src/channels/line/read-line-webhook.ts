import { createHmac, timingSafeEqual } from "node:crypto";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { type JsonFields, parseJsonFields, present } from "../json-fields.ts";

/** Reads a webhook of LINE's. It tells what customers do; of messages it tells nothing. */
export function readLineWebhook(body: Uint8Array, headers: Headers, channelSecret: string): ReadWebhook {
  if (!isSigned(body, headers.get("x-line-signature"), channelSecret)) {
    return {
      ok: false,
      status: 401,
      message: "X-Line-Signature is not of this body and the channel's secret.",
    };
  }
  const read = parseJsonFields(body);
  if (!read) return { ok: false, status: 400, message: "The body is not JSON." };
  return { ok: true, news: read.list("events").flatMap(newsOf) };
}

/** The base64 of the HMAC-SHA256 of the body's bytes: https://developers.line.biz/en/reference/messaging-api/ */
function isSigned(body: Uint8Array, header: string | null, channelSecret: string): boolean {
  const given = Buffer.from(header ?? "", "base64");
  const expected = createHmac("sha256", channelSecret).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
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
      const name = message.text("title");
      const [latitude = 0, longitude = 0] = [message.number("latitude"), message.number("longitude")];
      return {
        type: "location",
        latitude,
        longitude,
        ...present({ name, address: message.text("address") }),
      };
    }
    default:
      return { type: "text", text: `[${type}]` };
  }
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

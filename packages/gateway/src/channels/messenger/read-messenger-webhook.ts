import { type JsonFields, present } from "../../json/json-fields.ts";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { readHubWebhook } from "../meta/hub-webhook.ts";
import { readMark } from "../part-mark.ts";

/** Reads a webhook of Messenger's or Instagram's. */
export function readMessengerWebhook(body: Uint8Array, headers: Headers, appSecret: string): ReadWebhook {
  const read = readHubWebhook(body, headers, appSecret);
  if (!read.ok) return read;
  const events = read.json.list("entry").flatMap((entry) => entry.list("messaging"));
  return { ok: true, news: events.flatMap(newsOf) };
}

function newsOf(event: JsonFields): ChannelNews[] {
  const at = event.number("timestamp") ?? 0;
  const message = event.fields("message");
  if (message.flag("is_echo")) return echoOf(message, at);
  const address = event.fields("sender").text("id");
  if (address === undefined) return [];
  return [...inboundOf(event, address, at), ...receiptsOf(event, address, at)];
}

/** What was sent comes back with the mark it carried: it is there, whatever became of the answer. */
function echoOf(message: JsonFields, at: number): ChannelNews[] {
  const [channelMessageId, mark] = [message.text("mid"), readMark(message.text("metadata"))];
  if (channelMessageId === undefined || !mark) return [];
  return [{ kind: "part", mark, channelMessageId, status: "sent", at }];
}

function inboundOf(event: JsonFields, address: string, at: number): ChannelNews[] {
  const [message, postback] = [event.fields("message"), event.fields("postback")];
  const id = message.text("mid") ?? postback.text("mid");
  const payload = postback.text("payload");
  if (payload !== undefined) {
    const content: ToldContent = {
      type: "answer",
      id: payload,
      ...present({ label: postback.text("title") }),
    };
    return [{ kind: "inbound", address, id: id ?? `postback-${at}`, at, content }];
  }
  if (id === undefined) return [];
  const contents = contentsOf(message);
  return contents.map((content, index) => ({
    kind: "inbound",
    address,
    id: index === 0 ? id : `${id}/${index}`,
    at,
    content,
  }));
}

function contentsOf(message: JsonFields): ToldContent[] {
  const text = message.text("text");
  const reply = message.fields("quick_reply").text("payload");
  if (reply !== undefined) return [{ type: "answer", id: reply, ...present({ label: text }) }];
  const attachments = message.list("attachments").map(mediumOf);
  return text === undefined ? attachments : [{ type: "text", text }, ...attachments];
}

function mediumOf(attachment: JsonFields): ToldContent {
  const type = attachment.text("type") ?? "";
  if (type === "image" || type === "audio" || type === "video" || type === "file") {
    return { type, ...present({ url: attachment.fields("payload").text("url") }) };
  }
  return { type: "text", text: `[${type}]` };
}

function receiptsOf(event: JsonFields, address: string, at: number): ChannelNews[] {
  const [delivery, read] = [event.fields("delivery"), event.fields("read")];
  const delivered = delivery
    .texts("mids")
    .map((mid): ChannelNews => ({ kind: "part", channelMessageId: mid, status: "delivered", at }));
  const before = read.number("watermark");
  const seen = read.text("mid");
  return [
    ...delivered,
    ...(before === undefined ? [] : [{ kind: "watermark", address, status: "read", before } as const]),
    // Instagram names the message that was seen; so was what came before it.
    ...(seen === undefined ? [] : [{ kind: "seen", address, channelMessageId: seen, at } as const]),
  ];
}

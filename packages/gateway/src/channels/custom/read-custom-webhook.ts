import type { InboundMedia } from "@quickcard/client";
import { Webhook } from "standardwebhooks";
import { type JsonFields, present } from "../../json/json-fields.ts";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { readMark } from "../part-mark.ts";
import { toldLocation } from "../told-location.ts";
import { verifiedJson } from "../verified-json.ts";

/** Reads what the program of a channel of one's own posts: one thing, or a list of them below `events`. */
export function readCustomWebhook(
  body: Uint8Array,
  headers: Headers,
  { secret, now }: { secret: string; now: number },
): ReadWebhook {
  const read = verifiedJson(body, {
    isVerified: isSigned(body, headers, secret),
    otherwise: "webhook-signature is not of this body and secret, or webhook-timestamp is too old.",
  });
  if (!read.ok) return read;
  const events = read.json.list("events");
  const news: ChannelNews[] = [];
  for (const event of events.length > 0 ? events : [read.json]) {
    const one = newsOf(event, now);
    if (!one) return { ok: false, status: 400, message: wrongEvent };
    news.push(one);
  }
  return { ok: true, news };
}

const wrongEvent =
  'An event has an "id", an "address" and is {"type":"text","text"}, {"type":"tap","answer"}, {"type":"image", "audio", "video" or "file","url"} or {"type":"location","location":{"latitude","longitude"}}; or it is {"type":"status","messageId","status"} with delivered, read or failed.';

function isSigned(body: Uint8Array, headers: Headers, secret: string): boolean {
  try {
    new Webhook(secret).verify(Buffer.from(body), Object.fromEntries(headers));
    return true;
  } catch {
    // It says why in words of its own; to the caller all of them are one.
    return false;
  }
}

const statuses = ["delivered", "read", "failed"] as const;

function newsOf(event: JsonFields, now: number): ChannelNews | undefined {
  if (event.text("type") === "status") return statusOf(event, now);
  const [id, address, content] = [event.text("id"), event.text("address"), contentOf(event)];
  if (id === undefined || id === "" || address === undefined || address === "" || !content) return undefined;
  return {
    kind: "inbound",
    address,
    id,
    at: now,
    content,
    ...present({ displayName: event.text("displayName") }),
  };
}

function contentOf(event: JsonFields): ToldContent | undefined {
  const type = event.text("type") ?? "";
  switch (type) {
    case "text": {
      const text = event.text("text") ?? "";
      return text === "" ? undefined : { type, text };
    }
    case "tap": {
      const answer = event.text("answer");
      return answer === undefined ? undefined : { type: "answer", id: answer };
    }
    case "image":
    case "audio":
    case "video":
    case "file":
      return mediumOf(type, event);
    case "location": {
      const place = event.fields("location");
      return toldLocation(place, { name: place.text("name"), address: place.text("address") });
    }
    default:
      return undefined;
  }
}

function mediumOf(type: InboundMedia["type"], event: JsonFields): ToldContent | undefined {
  const url = event.text("url") ?? "";
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return undefined;
  const told = {
    mimeType: event.text("mimeType"),
    filename: event.text("filename"),
    caption: event.text("caption"),
  };
  return { type, url, ...present(told) };
}

function statusOf(event: JsonFields, now: number): ChannelNews | undefined {
  const status = statuses.find((one) => one === event.text("status"));
  const mark = readMark(`qc:${event.text("messageId")}:1:${event.number("attempt") ?? 1}`);
  if (!status || !mark) return undefined;
  const reason = event.text("reason")?.slice(0, 500);
  return { kind: "part", mark, status, at: now, ...present({ reason }) };
}

import { Webhook } from "standardwebhooks";
import type { ChannelNews, ReadWebhook, ToldContent } from "../channel-webhook.ts";
import { type JsonFields, parseJsonFields, present } from "../json-fields.ts";
import { readMark } from "../part-mark.ts";

/** Reads what the program of a channel of one's own posts: one thing, or a list of them below `events`. */
export function readCustomWebhook(
  body: Uint8Array,
  headers: Headers,
  { secret, now }: { secret: string; now: number },
): ReadWebhook {
  if (!isSigned(body, headers, secret)) {
    const message = "webhook-signature is not of this body and secret, or webhook-timestamp is too old.";
    return { ok: false, status: 401, message };
  }
  const read = parseJsonFields(body);
  if (!read) return { ok: false, status: 400, message: "The body is not JSON." };
  const events = read.list("events");
  const news: ChannelNews[] = [];
  for (const event of events.length > 0 ? events : [read]) {
    const one = newsOf(event, now);
    if (!one) return { ok: false, status: 400, message: wrongEvent };
    news.push(one);
  }
  return { ok: true, news };
}

const wrongEvent =
  'An event is {"type":"text","id","address","text"}, {"type":"tap","id","address","answer"} or {"type":"status","messageId","status"} with delivered, read or failed.';

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
  const type = event.text("type");
  const text = event.text("text");
  if (type === "text" && text !== undefined && text !== "") return { type: "text", text };
  const answer = event.text("answer");
  return type === "tap" && answer !== undefined ? { type: "answer", id: answer } : undefined;
}

function statusOf(event: JsonFields, now: number): ChannelNews | undefined {
  const status = statuses.find((one) => one === event.text("status"));
  const mark = readMark(`qc:${event.text("messageId")}:1:1`);
  if (!status || !mark) return undefined;
  const reason = event.text("reason")?.slice(0, 500);
  return { kind: "part", mark, status, at: now, ...present({ reason }) };
}

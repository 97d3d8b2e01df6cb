import type { ChatEvents, ChatMessage } from "@quickcard/web";
import type { StreamEvent } from "../events/event-stream.ts";
import type { EventRecord, InboundRecord, OutboundRecord } from "../store/records.ts";
import { toTimestamp } from "./resources.ts";

/** What is still on its way is not there for the customer yet, and what failed never will be. */
export function isShown(message: OutboundRecord | InboundRecord): boolean {
  return message.direction === "inbound" || toShownStatus(message.status) !== undefined;
}

function toShownStatus(status: OutboundRecord["status"]): "sent" | "delivered" | "read" | undefined {
  return status === "sent" || status === "delivered" || status === "read" ? status : undefined;
}

/** A message as the customer's page has it. */
export function toChatMessage(record: OutboundRecord | InboundRecord): ChatMessage {
  const base = { id: record.id, timestamp: toTimestamp(record.createdAt) };
  if (record.direction === "outbound") {
    const status = toShownStatus(record.status) ?? "sent";
    return { ...base, direction: "outbound", status, content: record.content };
  }
  const clientId = record.clientMessageId === undefined ? {} : { clientMessageId: record.clientMessageId };
  return {
    ...base,
    direction: "inbound",
    status: "received",
    content: toChatContent(record.content),
    ...clientId,
  };
}

/** A tap's value is for the program; the customer's page needs only what it shows. */
function toChatContent(content: InboundRecord["content"]): ChatMessage["content"] {
  if (content.type === "text") return content;
  if (content.type === "image" && content.channelMediaId !== undefined) {
    return { type: "picture", ...(content.filename === undefined ? {} : { filename: content.filename }) };
  }
  // The page sends nothing else.
  if (content.type !== "tap") return { type: "text", text: `[${content.type}]` };
  const { value: _, ...shown } = content;
  return shown;
}

/** An event of the log as the customer's page hears of it; `undefined` where it does not. */
export function toChatEvent(event: EventRecord): StreamEvent | undefined {
  switch (event.type) {
    case "message.inbound":
      return chatEvent("message", toChatMessage(event.message));
    case "conversation.state":
      return chatEvent("state", { state: event.state });
    case "message.status": {
      if (event.status === "sent") return chatEvent("message", toChatMessage(event.message));
      if (event.status !== "delivered" && event.status !== "read") return undefined;
      return chatEvent("status", { messageId: event.message.id, status: event.status });
    }
  }
}

/** An event of the page's stream. */
export function chatEvent<Name extends keyof ChatEvents>(name: Name, data: ChatEvents[Name]): StreamEvent {
  return { name, data };
}

import type { Organisation } from "../organisation/organisation.ts";
import type { MessageRecord } from "../organisation/records.ts";

/** Stores a message and tells of it. */
export function saveMessage({ messages, events }: Organisation, message: MessageRecord): MessageRecord {
  messages.put(message.id, message);
  events.tell({ type: "message", message });
  return message;
}

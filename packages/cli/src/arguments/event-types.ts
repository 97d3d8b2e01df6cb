import type { EventType } from "@quickcard/client";
import { nameList } from "./name-list.ts";

const meanings: Record<EventType, string> = {
  "message.inbound": "a customer wrote or tapped",
  "message.status": "a message to a customer moved on",
  "conversation.state": "a conversation opened, closed or was deleted",
};

/** The types of event that a subscription can be told of. */
const eventTypes = Object.keys(meanings) as EventType[];

/** The types of event with what each tells, for help texts. */
export const eventTypeMeanings = Object.entries(meanings)
  .map(([type, meaning]) => `${type} (${meaning})`)
  .join(", ");

/** Reads `--events a,b`. */
export const parseEventTypes = nameList("--events", eventTypes, "a type of event");

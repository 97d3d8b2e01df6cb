import type { EventType } from "@quickcard/client";
import { usageFailure } from "../errors/failure.ts";

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
export function parseEventTypes(argument: string): EventType[] {
  const names = argument.split(/[\s,]+/).filter((name) => name !== "");
  const unknown = names.find((name) => !isEventType(name));
  if (names.length > 0 && unknown === undefined) return names.filter(isEventType);
  throw usageFailure(
    unknown === undefined
      ? "--events names no type of event."
      : `--events names "${unknown}", which is no type of event.`,
    `Choose from ${eventTypes.join(",")}`,
    "usage.events",
  );
}

function isEventType(name: string): name is EventType {
  return Object.hasOwn(meanings, name);
}

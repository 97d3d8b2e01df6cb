import type { ChatEvents, ChatMessage, Timeline } from "../chat-wire.ts";
import { isObject } from "../is-object.ts";

/** What came over the wire has not the shape that this page understands. */
class UnreadableWireError extends Error {
  readonly code = "unreadable_wire";
  readonly retryable = true;

  constructor(what: string) {
    super(
      `the gateway sent ${what} that this page cannot read: it may be of a newer version, reload the page`,
    );
    this.name = "UnreadableWireError";
  }
}

/** One server-sent event that the page acts on, its name as `type`. */
export type ChatEvent = {
  [Name in keyof ChatEvents]: { type: Name } & { [Key in Name]: ChatEvents[Key] };
}[keyof ChatEvents];

/**
 * Takes a message of any kind of content, also of kinds made after this page: those are shown as such.
 * Throws an `UnreadableWireError` where what makes it a message is missing.
 */
export function readMessage(value: unknown): ChatMessage {
  if (!isMessage(value)) throw new UnreadableWireError("a message");
  return value;
}

/** Throws an `UnreadableWireError` for no timeline; a message in it that is none is left out. */
export function readTimeline(value: unknown): Timeline {
  if (!isObject(value) || !Array.isArray(value.messages) || typeof value.cursor !== "string")
    throw new UnreadableWireError("a timeline");
  const contact = isObject(value.contact) ? value.contact : {};
  return {
    contact: {
      state: readState(contact.state) ?? "active",
      ...(typeof contact.displayName === "string" && { displayName: contact.displayName }),
      ...(contact.hasAgents === true && { hasAgents: true }),
    },
    messages: value.messages.filter(isMessage),
    hasEarlier: value.hasEarlier === true,
    cursor: value.cursor,
  };
}

/** The event that a name and its data mean; `undefined` for one that this page does not know, and for broken data. */
export function readEvent(name: string, data: string): ChatEvent | undefined {
  const value = parse(data);
  if (!isObject(value)) return undefined;
  if (name === "message" && isMessage(value)) return { type: "message", message: value };
  if (name === "state") {
    const state = value.state === "deleted" ? "deleted" : readState(value.state);
    return state && { type: "state", state: { state } };
  }
  if (name === "typing") {
    const { durationMs } = value;
    return typeof durationMs === "number" ? { type: "typing", typing: { durationMs } } : undefined;
  }
  const { messageId, status } = value;
  if (name !== "status" || typeof messageId !== "string") return undefined;
  return status === "delivered" || status === "read"
    ? { type: "status", status: { messageId, status } }
    : undefined;
}

function isMessage(value: unknown): value is ChatMessage {
  return (
    isObject(value) &&
    typeof value.id === "string" &&
    (value.direction === "inbound" || value.direction === "outbound") &&
    typeof value.status === "string" &&
    typeof value.timestamp === "string" &&
    isObject(value.content) &&
    typeof value.content.type === "string"
  );
}

function readState(value: unknown): Timeline["contact"]["state"] | undefined {
  return value === "queued" || value === "active" || value === "closed" ? value : undefined;
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

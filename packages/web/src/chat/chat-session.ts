import type { ChatMessage, CustomerMessage, Timeline } from "../chat-wire.ts";
import type { ChatEvent } from "./wire-reading.ts";

/** A picture that the customer sends. It does not outlive the page. */
export interface CustomerPicture {
  clientMessageId: string;
  picture: Blob;
  filename?: string;
}

/** Something that the customer sends, from the tap or the Enter key until the gateway's log brings it back. */
export interface OutgoingMessage {
  message: CustomerMessage | CustomerPicture;
  /** What the customer's own bubble shows; none for a postback, which shows nothing. */
  label?: string;
  /** When the customer sent it: ISO 8601, UTC. */
  timestamp: string;
  /** `sent` once the gateway has it; `failed` when it refused it, so that trying again by itself is of no use. */
  status: "sending" | "sent" | "failed";
}

/** All that the page knows of its chat. `messages` is a part of the gateway's log without a gap, in the log's order. */
export interface ChatSession {
  /** `gone`: there is no such chat, or no longer. */
  phase: "loading" | "open" | "gone";
  isConnected: boolean;
  contact: Timeline["contact"];
  messages: readonly ChatMessage[];
  /** What the customer sent and the log has not brought back, in the order of sending. */
  outgoing: readonly OutgoingMessage[];
  earlier: "none" | "available" | "loading";
  /** Until when an agent is shown typing: milliseconds since 1970. */
  typingUntil: number;
  /** The statuses told of messages that are not loaded: they may be on their way in an earlier part of the timeline. */
  statuses: Readonly<Record<string, OutboundStatus>>;
}

/** What happens to a session. */
export type ChatAction =
  | Exclude<ChatEvent, { type: "typing" }>
  | { type: "typing"; until: number }
  | { type: "timeline"; timeline: Timeline }
  | { type: "earlier-requested" }
  | { type: "earlier"; before: string; timeline: Timeline }
  | { type: "earlier-failed" }
  | { type: "connected" }
  | { type: "disconnected" }
  | { type: "gone" }
  | { type: "send"; outgoing: OutgoingMessage }
  | { type: "accepted"; clientMessageId: string; message: ChatMessage }
  | { type: "refused"; clientMessageId: string }
  | { type: "retry"; clientMessageId: string }
  | { type: "discard"; clientMessageId: string };

type OutboundStatus = "sent" | "delivered" | "read";

const statusRank: Record<ChatMessage["status"], number> = { received: 0, sent: 0, delivered: 1, read: 2 };

/** A session before anything was heard; `outgoing` is what an earlier visit left unsent. */
export function newSession(outgoing: readonly OutgoingMessage[]): ChatSession {
  return {
    phase: "loading",
    isConnected: false,
    contact: { state: "active" },
    messages: [],
    outgoing,
    earlier: "none",
    typingUntil: 0,
    statuses: {},
  };
}

/** The session after something happened. The same session where nothing changes. */
export function advance(session: ChatSession, action: ChatAction): ChatSession {
  switch (action.type) {
    case "timeline":
      return takeTimeline(session, action.timeline);
    case "earlier":
      return takeEarlier(session, action.before, action.timeline);
    case "earlier-requested":
      return session.earlier === "available" ? { ...session, earlier: "loading" } : session;
    case "earlier-failed":
      return session.earlier === "loading" ? { ...session, earlier: "available" } : session;
    case "message":
      return takeMessage(session, action.message);
    case "typing":
      return { ...session, typingUntil: action.until };
    case "status":
      return takeStatus(session, action.status.messageId, action.status.status);
    case "state":
      return takeState(session, action.state.state);
    case "connected":
      return session.isConnected ? session : { ...session, isConnected: true };
    case "disconnected":
      return session.isConnected ? { ...session, isConnected: false } : session;
    case "gone":
      return { ...session, phase: "gone", isConnected: false };
    case "send":
      return { ...session, outgoing: [...session.outgoing, action.outgoing] };
    case "accepted":
      return takeAccepted(session, action.clientMessageId, action.message);
    case "refused":
      return replaceOutgoing(session, action.clientMessageId, (one) => [{ ...one, status: "failed" }]);
    case "retry":
      return retry(session, action.clientMessageId);
    case "discard":
      return replaceOutgoing(session, action.clientMessageId, () => []);
  }
}

/** The next message to hand to the gateway: they go one at a time, in the order of sending. */
export function nextToSend(session: ChatSession): OutgoingMessage | undefined {
  return session.outgoing.find(({ status }) => status === "sending");
}

/** A timeline that meets what is loaded is joined to it; any other takes its place. */
function takeTimeline(session: ChatSession, timeline: Timeline): ChatSession {
  const { messages, hasEarlier } = timeline;
  const known = new Set(session.messages.map(({ id }) => id));
  const end = messages.findLastIndex(({ id }) => known.has(id));
  const start = messages.findIndex(({ id }) => id === session.messages[0]?.id);
  const kept = end < 0 ? [] : refreshed(session.messages, messages);
  const joined = [...messages.slice(0, Math.max(start, 0)), ...kept, ...messages.slice(end + 1)];
  const reachesFurther = end < 0 || start >= 0;
  return {
    ...session,
    phase: "open",
    contact: timeline.contact,
    messages: joined.map((message) => withLaterStatus(session, message)),
    earlier: reachesFurther ? (hasEarlier ? "available" : "none") : session.earlier,
    outgoing: unconfirmed(session.outgoing, messages),
  };
}

function refreshed(messages: readonly ChatMessage[], newer: readonly ChatMessage[]): ChatMessage[] {
  const newerById = new Map(newer.map((message) => [message.id, message]));
  return messages.map((message) => raised(message, newerById.get(message.id)?.status ?? message.status));
}

function takeEarlier(session: ChatSession, before: string, timeline: Timeline): ChatSession {
  if (session.messages[0]?.id !== before) return advance(session, { type: "earlier-failed" });
  const known = new Set(session.messages.map(({ id }) => id));
  const earlier = timeline.messages.filter(({ id }) => !known.has(id));
  return {
    ...session,
    messages: [...earlier.map((message) => withLaterStatus(session, message)), ...session.messages],
    earlier: timeline.hasEarlier && earlier.length > 0 ? "available" : "none",
    outgoing: unconfirmed(session.outgoing, timeline.messages),
  };
}

function takeMessage(session: ChatSession, message: ChatMessage): ChatSession {
  if (session.messages.some(({ id }) => id === message.id)) return session;
  const messages = [...session.messages, withLaterStatus(session, message)];
  const typingUntil = message.direction === "outbound" ? 0 : session.typingUntil;
  return { ...session, messages, typingUntil, outgoing: unconfirmed(session.outgoing, [message]) };
}

function takeStatus(session: ChatSession, messageId: string, status: OutboundStatus): ChatSession {
  const index = session.messages.findIndex(({ id }) => id === messageId);
  const message = session.messages[index];
  if (message) {
    const changed = raised(message, status);
    return changed === message ? session : { ...session, messages: session.messages.with(index, changed) };
  }
  if (statusRank[session.statuses[messageId] ?? "sent"] >= statusRank[status]) return session;
  return { ...session, statuses: { ...session.statuses, [messageId]: status } };
}

function takeState(session: ChatSession, state: Timeline["contact"]["state"] | "deleted"): ChatSession {
  if (state === "deleted") return advance(session, { type: "gone" });
  return { ...session, contact: { ...session.contact, state } };
}

/** Keeps an accepted message in view until the log brings it: its place among the others is the log's to say. */
function takeAccepted(session: ChatSession, clientMessageId: string, message: ChatMessage): ChatSession {
  const oldest = session.messages[0];
  const isLoaded = session.messages.some(({ id }) => id === message.id);
  const isOlderThanLoaded =
    session.earlier !== "none" && oldest !== undefined && message.timestamp < oldest.timestamp;
  return replaceOutgoing(session, clientMessageId, (one) =>
    isLoaded || isOlderThanLoaded ? [] : [{ ...one, status: "sent" }],
  );
}

/** Tries a refused message again, after those that wait by now. */
function retry(session: ChatSession, clientMessageId: string): ChatSession {
  const failed = session.outgoing.find(
    ({ message, status }) => message.clientMessageId === clientMessageId && status === "failed",
  );
  if (!failed) return session;
  const others = session.outgoing.filter((one) => one !== failed);
  return { ...session, outgoing: [...others, { ...failed, status: "sending" }] };
}

function replaceOutgoing(
  session: ChatSession,
  clientMessageId: string,
  replace: (one: OutgoingMessage) => OutgoingMessage[],
): ChatSession {
  const outgoing = session.outgoing.flatMap((one) =>
    one.message.clientMessageId === clientMessageId ? replace(one) : [one],
  );
  return { ...session, outgoing };
}

function unconfirmed(
  outgoing: readonly OutgoingMessage[],
  log: readonly ChatMessage[],
): readonly OutgoingMessage[] {
  const confirmed = new Set(log.map(({ clientMessageId }) => clientMessageId));
  return outgoing.some(({ message }) => confirmed.has(message.clientMessageId))
    ? outgoing.filter(({ message }) => !confirmed.has(message.clientMessageId))
    : outgoing;
}

function withLaterStatus(session: ChatSession, message: ChatMessage): ChatMessage {
  return raised(message, session.statuses[message.id] ?? message.status);
}

/** A receipt never takes back an earlier one: `read` stays read. */
function raised(message: ChatMessage, status: ChatMessage["status"]): ChatMessage {
  if (message.direction !== "outbound") return message;
  return statusRank[status] > statusRank[message.status] ? { ...message, status } : message;
}

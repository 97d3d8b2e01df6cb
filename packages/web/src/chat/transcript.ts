import type { Content } from "@quickcard/content";
import type { ChatMessage, ChatTap } from "../chat-wire.ts";
import { dayOf } from "./chat-dates.ts";
import type { ChatSession, OutgoingMessage } from "./chat-session.ts";

/** One line of the transcript. */
export type TranscriptItem = DayItem | MessageItem;

/** Where a day begins. */
export interface DayItem {
  kind: "day";
  key: string;
  timestamp: string;
}

/** A message as the transcript shows it. */
export interface MessageItem {
  kind: "message";
  /** Stays the same from the moment of sending to the message in the log. */
  key: string;
  isOwn: boolean;
  timestamp: string;
  content: Content;
  /** The customer's own stay `sent`: whether an agent has read them, the gateway does not know. */
  status: "sending" | "sent" | "failed" | "delivered" | "read";
  /** The message in the log, where it has come there. */
  messageId?: string;
  /** The id under which the customer sent it. */
  clientMessageId?: string;
  startsGroup: boolean;
  endsGroup: boolean;
  /** Whether the choices of a quick reply are there to tap. */
  offersChoices: boolean;
}

/** Messages of one side within this time are one group. */
const groupMs = 3 * 60_000;

type Bare = Omit<MessageItem, "kind" | "startsGroup" | "endsGroup" | "offersChoices">;

/**
 * What the transcript shows, from the oldest to the newest: each day, the messages in groups, and the customer's unsent
 * ones at the end. Postbacks are not shown. The choices of a quick reply are offered until the customer has said
 * something since, by a tap or in writing; a message that the gateway refused does not count.
 *
 * @param pictureUrl Where a picture is that the customer has sent.
 */
export function transcriptOf(
  session: ChatSession,
  pictureUrl: (messageId: string) => string,
): TranscriptItem[] {
  const logged = session.messages.flatMap((message) => fromLog(message, pictureUrl));
  const shown = [...logged, ...session.outgoing.flatMap(fromOutgoing)];
  const lastWord = shown.findLastIndex(({ isOwn, status }) => isOwn && status !== "failed");
  const isOpen = session.contact.state !== "closed";
  return shown.flatMap((message, index): TranscriptItem[] => {
    const [before, after] = [shown[index - 1], shown[index + 1]];
    const item: MessageItem = {
      kind: "message",
      ...message,
      startsGroup: !isOneGroup(before, message),
      endsGroup: !isOneGroup(message, after) || message.status === "failed",
      offersChoices: isOpen && index > lastWord,
    };
    if (before && dayOf(before.timestamp) === dayOf(message.timestamp)) return [item];
    return [{ kind: "day", key: `day ${message.key}`, timestamp: message.timestamp }, item];
  });
}

const noTaps: ReadonlySet<string> = new Set();

/** The taps that are on their way, as `tapKey` names them: their buttons wait. One and the same set where there are none. */
export function tapsUnderway(session: ChatSession): ReadonlySet<string> {
  const keys = session.outgoing.flatMap(({ message, status }) =>
    "tap" in message && status === "sending" ? [tapKey(message.tap)] : [],
  );
  return keys.length > 0 ? new Set(keys) : noTaps;
}

/** One name for each thing that can be tapped. */
export function tapKey({ messageId, card, choice }: ChatTap): string {
  return `${messageId} ${card ?? 0} ${choice}`;
}

function fromLog(message: ChatMessage, pictureUrl: (messageId: string) => string): Bare[] {
  const content = shownContent(message, pictureUrl);
  if (!content) return [];
  const { id, direction, status, timestamp, clientMessageId } = message;
  return [
    {
      key: clientMessageId ?? id,
      isOwn: direction === "inbound",
      timestamp,
      content,
      status: status === "received" ? "sent" : status,
      messageId: id,
      ...(clientMessageId !== undefined && { clientMessageId }),
    },
  ];
}

function shownContent(
  { id, content }: ChatMessage,
  pictureUrl: (messageId: string) => string,
): Content | undefined {
  if (content.type === "picture")
    return { type: "image", url: pictureUrl(id), altText: content.filename ?? "Picture" };
  if (content.type !== "tap") return content;
  return content.kind === "postback" ? undefined : { type: "text", text: content.label };
}

function fromOutgoing({ message, label, timestamp, status }: OutgoingMessage): Bare[] {
  if (label === undefined) return [];
  const { clientMessageId } = message;
  return [
    {
      key: clientMessageId,
      isOwn: true,
      timestamp,
      content: { type: "text", text: label },
      status,
      clientMessageId,
    },
  ];
}

function isOneGroup(first: Bare | undefined, second: Bare | undefined): boolean {
  if (!first || !second || first.isOwn !== second.isOwn || first.status === "failed") return false;
  const apartMs = Date.parse(second.timestamp) - Date.parse(first.timestamp);
  return apartMs < groupMs && dayOf(first.timestamp) === dayOf(second.timestamp);
}

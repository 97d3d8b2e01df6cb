import { Component, type JSX } from "preact";
import { timeLabel } from "../../chat/chat-dates.ts";
import type { MessageItem } from "../../chat/transcript.ts";
import { StatusMark } from "../../chat/view/status-mark.tsx";
import type { Taps } from "../../message/content-props.ts";
import { Icon } from "../../message/icons.tsx";
import { MessageContent } from "../../message/message-content.tsx";
import type { DeskMessage } from "../desk-wire.ts";
import { type MessagePart, partsOf } from "./normalized-content.ts";

/** What the customer can tap is shown, and taps nothing: it is the customer's. */
const shownOnly: Taps = {
  isOpen: false,
  offersChoices: true,
  choose: () => {},
  postback: () => {},
  isUnderway: () => false,
};

/** How far a message has come, by the platform's word for it. */
const marks: Readonly<Record<string, MessageItem["status"]>> = {
  queued: "sending",
  sent: "sent",
  "delivery-success": "delivered",
  read: "read",
  published: "delivered",
  failed: "failed",
  "delivery-failed": "failed",
};

/** One message, and whose it is. */
export interface DeskMessageRowProps {
  message: DeskMessage;
  speaker: string;
  startsGroup: boolean;
}

/** One message as the agent sees it. */
export class DeskMessageRow extends Component<DeskMessageRowProps> {
  override shouldComponentUpdate(next: DeskMessageRowProps): boolean {
    const { message, speaker, startsGroup } = this.props;
    return message !== next.message || speaker !== next.speaker || startsGroup !== next.startsGroup;
  }

  override render({ message, speaker, startsGroup }: DeskMessageRowProps): JSX.Element {
    const isOwn = message.direction === "outbound";
    const status = Object.hasOwn(marks, message.status) ? marks[message.status] : undefined;
    return (
      <li class={`message ${isOwn ? "own" : "theirs"} ${startsGroup ? "starts" : ""}`}>
        {startsGroup ? <span class="speaker">{speaker}</span> : <span class="unseen">{speaker}: </span>}
        {partsOf(message.normalizedMessage).map((part, index) => (
          <Part part={part} key={index} />
        ))}
        <div class="footer">
          <time dateTime={message.timestamp}>{timeLabel(message.timestamp)}</time>
          {status && <StatusMark status={status} />}
        </div>
      </li>
    );
  }
}

function Part({ part }: { part: MessagePart }): JSX.Element {
  if (part.kind === "content") return <MessageContent content={part.content} taps={shownOnly} />;
  if (part.kind === "other") return <p class="bubble unknown">{part.contentType}: not drawn here</p>;
  return (
    <div class="bubble tapped">
      <span class="tapped-mark">
        <Icon name="tick" />
        <span class="unseen">Tapped: </span>
      </span>
      <bdi>{part.text}</bdi>
      <code>{part.payload}</code>
    </div>
  );
}

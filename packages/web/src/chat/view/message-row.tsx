import { Component, type JSX } from "preact";
import type { Taps } from "../../message/content-props.ts";
import { MessageContent } from "../../message/message-content.tsx";
import { timeLabel } from "../chat-dates.ts";
import { type MessageItem, tapKey } from "../transcript.ts";
import type { ChatActions } from "./chat-actions.ts";
import { StatusMark } from "./status-mark.tsx";

/** One message, and what it needs of the chat. */
export interface MessageRowProps {
  item: MessageItem;
  /** Who speaks, for those who listen to the page. */
  speaker: string;
  isOpen: boolean;
  underway: ReadonlySet<string>;
  actions: ChatActions;
}

/** One message with its time and status. It is drawn again only when something of it has changed. */
export class MessageRow extends Component<MessageRowProps> {
  override shouldComponentUpdate(next: MessageRowProps): boolean {
    const { item, speaker, isOpen, underway } = this.props;
    return (
      speaker !== next.speaker ||
      isOpen !== next.isOpen ||
      underway !== next.underway ||
      (Object.keys(next.item) as (keyof MessageItem)[]).some((name) => item[name] !== next.item[name])
    );
  }

  override render({ item, speaker, actions, ...props }: MessageRowProps): JSX.Element {
    const sides = [item.isOwn ? "own" : "theirs", item.startsGroup && "starts", item.endsGroup && "ends"];
    return (
      <li
        class={`message ${sides.filter(Boolean).join(" ")}`}
        data-key={item.key}
        ref={item.isOwn ? null : actions.watch}
        data-message={item.messageId}
      >
        <span class="unseen">{speaker}: </span>
        <MessageContent content={item.content} taps={tapsOf({ item, actions, ...props })} />
        {item.endsGroup && <Footer item={item} actions={actions} />}
      </li>
    );
  }
}

function tapsOf({ item, isOpen, underway, actions }: Omit<MessageRowProps, "speaker">): Taps {
  const messageId = item.messageId ?? "";
  const target = (choice: number, card?: number) => ({
    messageId,
    choice,
    ...(card !== undefined && { card }),
  });
  return {
    isOpen,
    offersChoices: item.offersChoices,
    choose: (choice, label) => actions.tap(target(choice), label),
    postback: (action, card) => actions.tap(target(action, card)),
    isUnderway: (action, card) => underway.has(tapKey(target(action, card))),
  };
}

function Footer({ item, actions }: Pick<MessageRowProps, "item" | "actions">): JSX.Element {
  const { timestamp, status, clientMessageId } = item;
  return (
    <div class="footer">
      <time dateTime={timestamp}>{timeLabel(timestamp)}</time>
      <StatusMark status={status} />
      {status === "failed" && clientMessageId !== undefined && (
        <>
          <span aria-hidden="true">Not sent</span>
          <button type="button" class="plain" onClick={() => actions.retry(clientMessageId)}>
            Try again
          </button>
          <button type="button" class="plain" onClick={() => actions.discard(clientMessageId)}>
            Remove
          </button>
        </>
      )}
    </div>
  );
}

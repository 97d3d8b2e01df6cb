import { Component, createRef, type JSX } from "preact";
import { Icon } from "../../message/icons.tsx";
import { dayLabel } from "../chat-dates.ts";
import type { ChatSession } from "../chat-session.ts";
import { type MessageItem, type TranscriptItem, tapsUnderway } from "../transcript.ts";
import type { ChatActions } from "./chat-actions.ts";
import { EmptyTranscript } from "./empty-transcript.tsx";
import { MessageRow } from "./message-row.tsx";
import { TypingMark } from "./typing-mark.tsx";

/** The messages of a chat. */
export interface TranscriptViewProps {
  session: ChatSession;
  items: readonly TranscriptItem[];
  heading: string;
  now: number;
  actions: ChatActions;
}

/** What the list stood at before it was drawn anew. */
interface Standing {
  firstKey: string | undefined;
  /** The distance of the first message from the top. */
  top: number;
}

/** So near to the end the reader follows what comes; so near to the beginning what lies before is fetched. */
const nearEnd = 60;
const nearStart = 200;

/**
 * The scrolling list of messages. At its end it follows new messages; anywhere else it stays where the reader is, and
 * tells how many have come.
 */
export class TranscriptView extends Component<TranscriptViewProps, { unseen: number }> {
  override state = { unseen: 0 };
  private readonly list = createRef<HTMLDivElement>();
  private readonly sizes = new ResizeObserver(() => this.follow());
  private isAtEnd = true;

  override componentDidMount(): void {
    const list = this.list.current;
    if (!list) return;
    this.sizes.observe(list);
    if (list.firstElementChild) this.sizes.observe(list.firstElementChild);
    this.follow();
    this.fetchEarlier();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
  }

  override getSnapshotBeforeUpdate({ items }: TranscriptViewProps): Standing {
    const firstKey = items.find(isMessage)?.key;
    return { firstKey, top: this.topOf(firstKey) };
  }

  override componentDidUpdate(before: TranscriptViewProps, _: unknown, standing: Standing): void {
    const { items } = this.props;
    if (before.items === items) return;
    this.keepPlace(standing);
    const added = addedMessages(before.items, items);
    if (added.some(({ status }) => status === "sending")) this.isAtEnd = true;
    if (this.isAtEnd) this.follow();
    else if (added.length > 0) this.setState(({ unseen }) => ({ unseen: unseen + added.length }));
    // Not after a failure, which changes no message: the reader's next movement tries again.
    if (items.find(isMessage)?.key !== standing.firstKey) this.fetchEarlier();
  }

  /** Earlier messages above must not move what the reader looks at. The browser's own anchoring may have done it already. */
  private keepPlace({ firstKey, top }: Standing): void {
    const list = this.list.current;
    if (!list || firstKey === undefined || this.isAtEnd) return;
    list.scrollTop += this.topOf(firstKey) - top;
  }

  private topOf(key: string | undefined): number {
    if (key === undefined) return 0;
    const element = this.list.current?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    return element?.getBoundingClientRect().top ?? 0;
  }

  private follow(): void {
    const list = this.list.current;
    if (list && this.isAtEnd) list.scrollTop = list.scrollHeight;
  }

  private onScroll = (): void => {
    const list = this.list.current;
    if (!list) return;
    this.isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd;
    if (this.isAtEnd && this.state.unseen > 0) this.setState({ unseen: 0 });
    this.fetchEarlier();
  };

  private fetchEarlier(): void {
    const list = this.list.current;
    const { session, actions } = this.props;
    if (list && list.scrollTop < nearStart && session.earlier === "available") actions.loadEarlier();
  }

  private toEnd = (): void => {
    this.isAtEnd = true;
    this.setState({ unseen: 0 });
    this.follow();
    this.list.current?.focus({ preventScroll: true });
  };

  override render(props: TranscriptViewProps): JSX.Element {
    const { session, items, heading, actions } = props;
    return (
      <div class="transcript">
        <div
          class="scroller"
          ref={this.list}
          onScroll={this.onScroll}
          role="log"
          aria-label="Messages"
          aria-live={session.earlier === "loading" ? "off" : "polite"}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          tabIndex={0}
        >
          <div class="column">
            <EarlierButton earlier={session.earlier} onClick={actions.loadEarlier} />
            {items.length === 0 && <EmptyTranscript contact={session.contact} />}
            <TranscriptList {...props} />
            <TypingMark until={session.typingUntil} speaker={heading} />
          </div>
        </div>
        {this.state.unseen > 0 && <NewMessagesButton count={this.state.unseen} onClick={this.toEnd} />}
      </div>
    );
  }
}

function isMessage(item: TranscriptItem): item is MessageItem {
  return item.kind === "message";
}

/** The messages that have come since: not those that lie before the first one that was there. */
function addedMessages(before: readonly TranscriptItem[], now: readonly TranscriptItem[]): MessageItem[] {
  const known = new Set(before.map(({ key }) => key));
  const start = now.findIndex((item) => isMessage(item) && known.has(item.key));
  return now
    .slice(start + 1)
    .filter(isMessage)
    .filter(({ key }) => !known.has(key));
}

function EarlierButton(props: { earlier: ChatSession["earlier"]; onClick: () => void }): JSX.Element | null {
  if (props.earlier === "none") return null;
  const isLoading = props.earlier === "loading";
  return (
    <p class="earlier">
      <button type="button" class="plain" onClick={props.onClick} disabled={isLoading}>
        {isLoading ? "Loading earlier messages…" : "Show earlier messages"}
      </button>
    </p>
  );
}

function NewMessagesButton({ count, onClick }: { count: number; onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="new-messages" onClick={onClick}>
      <Icon name="down" />
      {count === 1 ? "1 new message" : `${count} new messages`}
    </button>
  );
}

function TranscriptList({ session, items, heading, now, actions }: TranscriptViewProps): JSX.Element {
  const underway = tapsUnderway(session);
  return (
    <ol class="messages">
      {items.map((item) =>
        isMessage(item) ? (
          <MessageRow
            key={item.key}
            item={item}
            speaker={item.isOwn ? "You" : heading}
            isOpen={session.contact.state !== "closed"}
            underway={underway}
            actions={actions}
          />
        ) : (
          <li class="day" key={item.key}>
            <time dateTime={item.timestamp}>{dayLabel(item.timestamp, now)}</time>
          </li>
        ),
      )}
    </ol>
  );
}

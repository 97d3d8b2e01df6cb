import type { JSX } from "preact";
import { timeLabel } from "../../chat/chat-dates.ts";
import type { DeskState } from "../desk-state.ts";
import type { DeskConversation } from "../desk-wire.ts";
import { standingOf } from "./standing.ts";

/** The conversations, the latest first. */
export function ConversationList({
  state: { conversations, selectedId, unread },
  onSelect,
}: {
  state: DeskState;
  onSelect: (id: string) => void;
}): JSX.Element {
  return (
    <nav class="conversations" aria-label="Conversations">
      <ul>
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            <Entry
              conversation={conversation}
              isSelected={conversation.id === selectedId}
              unread={unread[conversation.id] ?? 0}
              onSelect={onSelect}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({
  conversation,
  isSelected,
  unread,
  onSelect,
}: {
  conversation: DeskConversation;
  isSelected: boolean;
  unread: number;
  onSelect: (id: string) => void;
}): JSX.Element {
  const { id, customerName, startTime } = conversation;
  const { label, tone } = standingOf(conversation);
  return (
    <button
      type="button"
      class="conversation-entry"
      aria-current={isSelected ? "true" : undefined}
      onClick={() => onSelect(id)}
    >
      <span class="avatar" aria-hidden="true">
        {initialOf(customerName)}
      </span>
      <bdi class="customer-name">{customerName}</bdi>
      <time dateTime={startTime}>{timeLabel(startTime)}</time>
      <span class={`standing ${tone}`}>{label}</span>
      {unread > 0 && (
        <span class="count">
          {unread} <span class="unseen">new</span>
        </span>
      )}
    </button>
  );
}

/** The first letter of a name, as a person would count it. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? "?";
}

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useIsBefore } from "../../chat/use-is-before.ts";
import { useScrollToEnd } from "../../use-scroll-to-end.ts";
import type { Desk } from "../desk.ts";
import type { DeskState } from "../desk-state.ts";
import type { DeskConversation, DeskMessage } from "../desk-wire.ts";
import { initialOf } from "./conversation-list.tsx";
import { DeskComposer } from "./desk-composer.tsx";
import { DeskMessageRow } from "./desk-message-row.tsx";
import { speakerOf } from "./speaker.ts";
import { standingOf } from "./standing.ts";

/** How long somebody is shown typing after the last word of it. */
const typingShownMs = 5_000;

/** The conversation that is selected: what was said, and the place to write. */
export function ConversationView({
  conversation,
  state,
  desk,
}: {
  conversation: DeskConversation;
  state: DeskState;
  desk: Desk;
}): JSX.Element {
  const { customerName, isLive, integrationName } = conversation;
  const standing = standingOf(conversation);
  return (
    <section class="conversation" aria-label={`Conversation with ${customerName}`}>
      <header class="pane-heading">
        <span class="avatar" aria-hidden="true">
          {initialOf(customerName)}
        </span>
        <div class="who">
          <h2 dir="auto">{customerName}</h2>
          <p>
            <span class={`standing ${standing.tone}`}>{standing.label}</span>
            <span class="through"> · {integrationName}</span>
          </p>
        </div>
        {standing.tone === "waiting" && (
          <button type="button" class="button primary" onClick={() => void desk.act("answer")}>
            Answer
          </button>
        )}
        {isLive && (
          <button type="button" class="button danger" onClick={() => void desk.act("disconnect")}>
            End<span class="wide"> conversation</span>
          </button>
        )}
      </header>
      <Transcript
        messages={state.messages}
        conversation={conversation}
        typingAt={state.typingAt[conversation.id] ?? 0}
      />
      {isLive ? (
        <DeskComposer desk={desk} cannedReplies={state.start?.cannedReplies ?? []} />
      ) : (
        <p class="ended" role="status">
          This conversation has ended. It goes on when the customer writes again.
        </p>
      )}
    </section>
  );
}

function Transcript({
  messages,
  conversation,
  typingAt,
}: {
  messages: readonly DeskMessage[];
  conversation: DeskConversation;
  typingAt: number;
}): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  useScrollToEnd(scroller, messages.length);
  const isTyping = useIsBefore(typingAt + typingShownMs);
  const speakers = messages.map((message) => speakerOf(message, conversation));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div class="scroller" ref={scroller} tabIndex={0} role="log" aria-label="Messages">
      <ol class="messages">
        {messages.map((message, index) => (
          <DeskMessageRow
            key={message.id}
            message={message}
            speaker={speakers[index] ?? ""}
            startsGroup={speakers[index] !== speakers[index - 1]}
          />
        ))}
      </ol>
      {isTyping && <p class="typing">{conversation.customerName} is typing…</p>}
    </div>
  );
}

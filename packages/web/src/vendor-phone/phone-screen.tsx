import { channelProfiles } from "@quickcard/content/channels";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Taps } from "../message/content-props.ts";
import { MessageContent } from "../message/message-content.tsx";
import { SkinnedMessage } from "../skins/skinned-message.tsx";
import { useScrollToEnd } from "../use-scroll-to-end.ts";
import { doingContent, shownContent } from "./shown-content.ts";
import type { ChatEntry, CustomerAction, ReceivedMessage, Vendor } from "./stand-in-wire.ts";

/** A chat on a customer's phone. */
export interface PhoneScreenProps {
  vendor: Vendor;
  chat: readonly ChatEntry[];
  onAct: (action: CustomerAction) => void;
}

/** The chat as the vendor's app shows it, the newest in sight. What is in sight is read. */
export function PhoneScreen({ vendor, chat, onAct }: PhoneScreenProps): JSX.Element {
  const screen = useRef<HTMLDivElement>(null);
  const unread = chat.some((entry) => entry.from === "program" && entry.message.status === "delivered");
  useScrollToEnd(screen, chat.length);
  useEffect(() => {
    if (unread && document.visibilityState === "visible") onAct({ action: "read" });
  }, [unread, chat.length]);
  return (
    <div
      class="phone-screen"
      role="log"
      aria-label="Messages"
      ref={screen}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
    >
      <div>
        {chat.map((entry, index) =>
          entry.from === "program" ? (
            <ProgramRow
              key={entry.message.id}
              vendor={vendor}
              message={entry.message}
              isLast={index === chat.length - 1}
              onAct={onAct}
            />
          ) : (
            <CustomerRow key={`${index} ${entry.at}`} doing={entry.doing} />
          ),
        )}
        {chat.length === 0 && <p class="phone-nothing">Nothing here yet. Write something.</p>}
      </div>
    </div>
  );
}

interface ProgramRowProps extends Omit<PhoneScreenProps, "chat"> {
  message: ReceivedMessage;
  isLast: boolean;
}

function ProgramRow({ vendor, message, isLast, onAct }: ProgramRowProps): JSX.Element {
  const { id, shown, status, failure } = message;
  if (status === "failed")
    return <p class="phone-note">Not shown here: failed{failure === undefined ? "" : ` with ${failure}`}.</p>;
  const offersChoices = isLast || !channelProfiles[vendor].choicesVanish;
  return (
    <>
      {shownContent(shown).map((content, index) => (
        <div class="phone-row" key={`${index} ${content.type}`}>
          <SkinnedMessage
            content={content}
            channel={vendor}
            hasList={shown.hasList === true}
            taps={tapsOf(content, offersChoices, (choiceId) =>
              onAct({ action: "tap", messageId: id, choiceId }),
            )}
          />
        </div>
      ))}
      <details class="phone-body">
        <summary>As it was sent</summary>
        <pre>{JSON.stringify(message.body, undefined, 2)}</pre>
      </details>
    </>
  );
}

function tapsOf(
  content: ReturnType<typeof shownContent>[number],
  offersChoices: boolean,
  tap: (choiceId: string) => void,
): Taps {
  return {
    isOpen: true,
    offersChoices,
    choose: (choice) => content.type === "quick-reply" && tap(content.choices[choice]?.value ?? ""),
    postback(action, index) {
      const card = content.type === "carousel" ? content.cards[index ?? 0] : content;
      const tapped = card && "actions" in card ? card.actions?.[action] : undefined;
      if (tapped?.type === "postback") tap(tapped.payload);
    },
    isUnderway: () => false,
  };
}

function CustomerRow({ doing }: { doing: Extract<ChatEntry, { from: "customer" }>["doing"] }): JSX.Element {
  if (doing.type === "block") return <p class="phone-note">The customer has blocked this account.</p>;
  return (
    <div class="phone-row own">
      <MessageContent content={doingContent(doing)} taps={nothingToTap} />
    </div>
  );
}

const nothingToTap: Taps = {
  isOpen: false,
  offersChoices: false,
  choose: () => undefined,
  postback: () => undefined,
  isUnderway: () => false,
};

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Taps } from "../../message/content-props.ts";
import { skins } from "../../skins/skin.ts";
import { SkinnedMessage } from "../../skins/skinned-message.tsx";
import type { ChannelPreview } from "../channel-preview.ts";
import type { Scheme } from "../link-state.ts";

/** What a channel shows, and in which light. */
export interface PhoneProps {
  preview: ChannelPreview;
  scheme: Scheme;
}

/** The messages as a customer sees them on the channel. What is tapped tells what would come back. */
export function Phone({ preview, scheme }: PhoneProps): JSX.Element {
  const { channel, title, messages } = preview;
  const [returned, setReturned] = useState<string>();
  return (
    <div class="phone" data-channel={channel} data-scheme={scheme} data-flat={skins[channel].isFlat}>
      <div class="phone-bar" aria-hidden="true">
        <span class="phone-avatar" />
        <span class="phone-name">Your company</span>
      </div>
      <section
        class="phone-screen"
        aria-label={`${title}: what the customer sees`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        {messages.map(({ content, hasList }, index) => (
          <div class="phone-row" key={`${index} ${content.type}`}>
            {skins[channel].isFlat && (
              <p class="phone-writer" aria-hidden="true">
                Your company
              </p>
            )}
            <SkinnedMessage
              content={content}
              channel={channel}
              hasList={hasList}
              taps={tapsOf(content, setReturned)}
            />
          </div>
        ))}
        {messages.length === 0 && <p class="phone-nothing">Nothing is shown</p>}
      </section>
      <p class="phone-foot" role="status">
        {returned === undefined ? (
          <span aria-hidden="true">Message</span>
        ) : (
          <>
            Comes back: <code>{returned}</code>
          </>
        )}
      </p>
    </div>
  );
}

function tapsOf(content: ChannelPreview["messages"][number]["content"], tell: (value: string) => void): Taps {
  return {
    isOpen: true,
    offersChoices: true,
    choose: (choice) => tell(content.type === "quick-reply" ? (content.choices[choice]?.value ?? "") : ""),
    postback: (action, index) => {
      const card = content.type === "carousel" ? content.cards[index ?? 0] : content;
      if (!card || !("title" in card) || "choices" in card) return;
      const tapped = action < 0 ? card.defaultAction : card.actions?.[action];
      if (tapped?.type === "postback") tell(tapped.payload);
    },
    isUnderway: () => false,
  };
}

import type { JSX } from "preact";
import type { ChannelPreview } from "../channel-preview.ts";
import { NoticeList, type NoticeListProps } from "./notice-list.tsx";
import { Phone, type PhoneProps } from "./phone.tsx";

const outcomes: Record<ChannelPreview["outcome"], string> = {
  whole: "Shown as it is",
  changed: "Adapted",
  lossy: "Adapted, with a loss",
  refused: "Cannot be shown",
};

/** One channel: what is shown on it, what it costs, and what was changed. */
export function ChannelColumn({ preview, scheme, onReveal }: NoticeListProps & PhoneProps): JSX.Element {
  return (
    <li class="channel" aria-label={preview.title}>
      <div class="channel-head">
        <h3>{preview.title}</h3>
        <span class={`outcome ${preview.outcome}`}>{outcomes[preview.outcome]}</span>
        <span class="cost">{costOf(preview)}</span>
      </div>
      <Phone preview={preview} scheme={scheme} />
      <NoticeList preview={preview} onReveal={onReveal} />
    </li>
  );
}

function costOf({ messages, segments }: ChannelPreview): string {
  if (messages.length === 0) return "";
  const bubbles = counted(messages.length, "bubble");
  return segments === undefined ? bubbles : `${bubbles}, ${counted(segments, "segment")}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

import type { Content } from "@quickcard/content";
import type { ChannelName } from "@quickcard/content/channels";
import type { JSX } from "preact";
import type { Taps } from "../message/content-props.ts";
import { Icon } from "../message/icons.tsx";
import { MessageContent } from "../message/message-content.tsx";
import { skins } from "./skin.ts";

/** A message as a channel shows it. */
export interface SkinnedMessageProps {
  content: Content;
  channel: ChannelName;
  /** Whether the choices stand in a list that has to be opened. */
  hasList: boolean;
  taps: Taps;
}

/** One message in the manner of a channel: the pages' one renderer, dressed by `skins.css`. */
export function SkinnedMessage({ content, channel, hasList, taps }: SkinnedMessageProps): JSX.Element {
  const shape = content.type === "quick-reply" && hasList ? "list" : skins[channel].choices;
  return (
    <div class="skinned" data-choices={shape} data-type={content.type}>
      <MessageContent content={content} taps={taps} />
      {shape === "list" && (
        <p class="list-opener" aria-hidden="true">
          <Icon name="list" /> Choose
        </p>
      )}
    </div>
  );
}

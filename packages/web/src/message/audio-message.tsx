import type { JSX } from "preact";
import { Caption } from "./caption.tsx";
import type { ContentProps } from "./content-props.ts";
import { Player } from "./player.tsx";

/** A sound recording with the browser's own player. */
export function AudioMessage({ content }: ContentProps<"audio">): JSX.Element {
  return (
    <div class="bubble media sound">
      <Player
        url={content.url}
        key={content.url}
        icon="sound"
        failure="This recording does not play here. Open it"
      >
        {(source, onError) => (
          // biome-ignore lint/a11y/useMediaCaption: the wire carries no captions, only the caption that is shown below
          <audio
            class="player"
            controls
            preload="metadata"
            src={source}
            onError={onError}
            aria-label={content.caption || "Recording"}
          />
        )}
      </Player>
      <Caption text={content.caption} />
    </div>
  );
}

import type { JSX } from "preact";
import { Caption } from "./caption.tsx";
import type { ContentProps } from "./content-props.ts";
import { Player } from "./player.tsx";
import { webUrl } from "./web-url.ts";

/** A film with the browser's own player. With a still picture nothing of it is loaded until it plays. */
export function VideoMessage({ content }: ContentProps<"video">): JSX.Element {
  const poster = webUrl(content.thumbnailUrl)?.href;
  return (
    <div class="bubble media">
      <Player url={content.url} key={content.url} icon="film" failure="This film does not play here. Open it">
        {(source, onError) => (
          // biome-ignore lint/a11y/useMediaCaption: the wire carries no captions, only the caption that is shown below
          <video
            class="player"
            controls
            playsInline
            preload={poster ? "none" : "metadata"}
            poster={poster}
            src={source}
            onError={onError}
            aria-label={content.caption || "Film"}
          />
        )}
      </Player>
      <Caption text={content.caption} />
    </div>
  );
}

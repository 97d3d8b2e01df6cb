import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { IconName } from "./icons.tsx";
import { Absent } from "./picture.tsx";
import { webUrl } from "./web-url.ts";

/** A recording to play. */
export interface PlayerProps {
  url: string;
  icon: IconName;
  /** What is said where it does not play. */
  failure: string;
  children: (source: string, onError: () => void) => JSX.Element;
}

/** The browser's own player; where it cannot play the recording, a link to it. */
export function Player({ url, icon, failure, children }: PlayerProps): JSX.Element {
  const [hasFailed, setHasFailed] = useState(false);
  const source = webUrl(url)?.href;
  if (source && !hasFailed) return children(source, () => setHasFailed(true));
  const place = <Absent class="player" icon={icon} text={failure} />;
  if (!source) return place;
  return (
    <a class="image-link" href={source} target="_blank" rel="noopener noreferrer">
      {place}
    </a>
  );
}

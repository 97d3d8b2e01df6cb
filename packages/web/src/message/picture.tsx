import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon, type IconName } from "./icons.tsx";
import { webUrl } from "./web-url.ts";

/** A picture that a message brings. Empty alternative text: it only decorates what is said beside it. */
export interface PictureProps {
  url: string;
  alternative: string;
  class: string;
}

/** A picture from outside; where it cannot be loaded its alternative text stands in its place. */
export function Picture({ url, alternative, class: name }: PictureProps): JSX.Element {
  const [state, setState] = useState<"loading" | "loaded" | "failed">("loading");
  const source = webUrl(url);
  if (!source || state === "failed") return <Absent icon="picture" text={alternative} class={name} />;
  return (
    <img
      class={`${name} ${state}`}
      src={source.href}
      alt={alternative}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onLoad={() => setState("loaded")}
      onError={() => setState("failed")}
    />
  );
}

/** The tidy place of something that cannot be shown. */
export function Absent({
  icon,
  text,
  class: name,
}: {
  icon: IconName;
  text: string;
  class: string;
}): JSX.Element {
  return (
    <span class={`${name} absent`}>
      <Icon name={icon} />
      {text && <bdi>{text}</bdi>}
    </span>
  );
}

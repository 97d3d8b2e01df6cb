import type { JSX } from "preact";
import { Caption } from "./caption.tsx";
import type { ContentProps } from "./content-props.ts";
import { Picture } from "./picture.tsx";
import { webUrl } from "./web-url.ts";

/** A picture, which opens in full in a window of its own. */
export function ImageMessage({ content }: ContentProps<"image">): JSX.Element {
  const alternative = content.altText || content.caption || "Picture";
  const picture = <Picture class="image" url={content.url} alternative={alternative} key={content.url} />;
  const href = webUrl(content.url)?.href;
  return (
    <div class="bubble media">
      {href ? (
        <a class="image-link" href={href} target="_blank" rel="noopener noreferrer">
          {picture}
        </a>
      ) : (
        picture
      )}
      <Caption text={content.caption} />
    </div>
  );
}

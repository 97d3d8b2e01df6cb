import type { JSX } from "preact";
import { Caption } from "./caption.tsx";
import type { ContentProps } from "./content-props.ts";
import { describeFile } from "./describe-file.ts";
import { Icon } from "./icons.tsx";
import { webUrl } from "./web-url.ts";

/** A file by its name and type; it opens in a window of its own. */
export function FileMessage({ content }: ContentProps<"file">): JSX.Element {
  const { name, kind, badge } = describeFile(content);
  const href = webUrl(content.url)?.href;
  const parts = (
    <>
      <span class="file-icon">
        <Icon name="file" />
        <span aria-hidden="true">{badge}</span>
      </span>
      <span class="file-words">
        <bdi class="file-name">{name}</bdi>
        <span class="file-kind">{href ? kind : "This file cannot be opened"}</span>
      </span>
    </>
  );
  return (
    <div class="bubble media">
      {href ? (
        <a class="file" href={href} target="_blank" rel="noopener noreferrer">
          {parts}
        </a>
      ) : (
        <div class="file">{parts}</div>
      )}
      <Caption text={content.caption} />
    </div>
  );
}

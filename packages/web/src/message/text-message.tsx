import type { JSX } from "preact";
import type { ContentProps } from "./content-props.ts";
import { LinkedText } from "./linked-text.tsx";

/** A text in its bubble. */
export function TextMessage({ content }: ContentProps<"text">): JSX.Element {
  return (
    <div class="bubble">
      <LinkedText text={content.text} />
    </div>
  );
}

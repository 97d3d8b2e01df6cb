import type { JSX } from "preact";
import { LinkedText } from "./linked-text.tsx";

/** The words below a picture, a player or a file, where there are any. */
export function Caption({ text }: { text: string | undefined }): JSX.Element | null {
  return text ? <LinkedText class="caption" text={text} /> : null;
}

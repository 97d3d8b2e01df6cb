import type { JSX } from "preact";
import { CardView } from "./card-view.tsx";
import type { ContentProps } from "./content-props.ts";

/** A card by itself. */
export function CardMessage({ content, taps }: ContentProps<"card">): JSX.Element {
  return <CardView card={content} taps={taps} />;
}

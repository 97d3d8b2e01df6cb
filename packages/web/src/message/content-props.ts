import type { Content, ContentType } from "@quickcard/content";

/** What the customer can tap in a message, and what becomes of it. */
export interface Taps {
  /** Whether anything can be tapped now. */
  isOpen: boolean;
  /** Whether the choices of a quick reply are there to tap. */
  offersChoices: boolean;
  choose(choice: number, label: string): void;
  /** Returns an action, from 0, or the card's own (-1); `card` counts within a carousel. */
  postback(action: number, card?: number): void;
  isUnderway(action: number, card?: number): boolean;
}

/** What the view of one type of content is given. */
export interface ContentProps<Type extends ContentType = ContentType> {
  content: Extract<Content, { type: Type }>;
  taps: Taps;
}

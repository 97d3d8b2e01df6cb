import type { Shown } from "./stand-in.ts";

/** Cards from left to right as one message: all that stands on them, and on which of them it stands. */
export function sideBySide(cards: readonly Shown[]): Shown {
  const all = <Name extends "texts" | "media" | "choices" | "links">(name: Name) =>
    cards.flatMap((card) => card[name] as Shown[Name][number][]) as Shown[Name];
  return {
    texts: all("texts"),
    media: all("media"),
    choices: all("choices"),
    links: all("links"),
    ...(cards.length > 1 && { cards: [...cards] }),
  };
}

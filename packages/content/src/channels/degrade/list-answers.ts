import type { Card, Content } from "../../content.ts";
import type { Answer } from "../degradation.ts";

/** Every answer that a content asks for; a tap on a card that returns what its button returns is the same answer. */
export function listAnswers(content: Content): Answer[] {
  if (content.type === "quick-reply") {
    return content.choices.map(({ label, value }, choice) => ({
      value,
      label,
      kind: "quick-reply",
      path: `/choices/${choice}`,
      choice,
    }));
  }
  if (content.type === "card") return cardAnswers(content, "");
  if (content.type !== "carousel") return [];
  return content.cards.flatMap((card, index) => cardAnswers(card, `/cards/${index}`, index));
}

function cardAnswers(card: Card, path: string, index?: number): Answer[] {
  const place = index === undefined ? {} : { card: index };
  const found: Answer[] = [];
  for (const [choice, action] of (card.actions ?? []).entries()) {
    if (action.type !== "postback") continue;
    found.push({
      value: action.payload,
      label: action.title,
      kind: "postback",
      path: `${path}/actions/${choice}`,
      ...place,
      choice,
    });
  }
  const tap = card.defaultAction;
  if (tap?.type === "postback" && !found.some(({ value }) => value === tap.payload)) {
    found.push({
      value: tap.payload,
      label: tap.title,
      kind: "postback",
      path: `${path}/defaultAction`,
      ...place,
      choice: -1,
    });
  }
  return found;
}

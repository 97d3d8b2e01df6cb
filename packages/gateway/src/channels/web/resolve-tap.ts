import type { Tap } from "@quickcard/client";
import type { Action, Card, Content } from "@quickcard/content";
import type { ChatTap } from "@quickcard/web";

/** What a tap on a message means: what stands on it and what it returns. `undefined` where nothing there can be tapped. */
export function resolveTap(content: Content, tap: ChatTap): Tap | undefined {
  if (content.type === "carousel") {
    const card = tap.card === undefined ? undefined : content.cards[tap.card];
    return card && resolvePostback(card, tap);
  }
  if (tap.card !== undefined) return undefined;
  if (content.type === "card") return resolvePostback(content, tap);
  const choice = content.type === "quick-reply" ? content.choices[tap.choice] : undefined;
  return choice && { type: "tap", kind: "quick-reply", ...tap, label: choice.label, value: choice.value };
}

function resolvePostback(card: Card, tap: ChatTap): Tap | undefined {
  const action: Action | undefined = tap.choice === -1 ? card.defaultAction : card.actions?.[tap.choice];
  if (action?.type !== "postback") return undefined;
  return { type: "tap", kind: "postback", ...tap, label: action.title, value: action.payload };
}

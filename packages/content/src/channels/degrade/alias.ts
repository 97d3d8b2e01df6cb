import type { Action, Card, Content } from "../../content.ts";
import { limits } from "../../limits.ts";
import type { ChannelProfile, Length } from "../channel-profile.ts";
import { fits, type Room, rooms } from "../text/room.ts";
import { choiceFormFor } from "./choice-form.ts";
import { note, type Work } from "./work.ts";

/** What a value may be long where only the message as a whole has a limit, so that long ones do not fill it. */
const longestOfWhole = 256;

/** A message with aliases in place of the values that the channel does not take as they are. */
export function withAliases(work: Work, content: Content): Content {
  if (content.type === "quick-reply") {
    const form = choiceFormFor(work.profile, content.choices.length);
    const room = payloadRooms(work.profile, form?.payload);
    if (content.choices.every(({ value }) => !needsAlias(work, value, room))) return content;
    const choices = content.choices.map((choice) => ({
      ...choice,
      value: aliasOr(work, choice.value, room),
    }));
    return { ...content, choices };
  }
  if (content.type === "card") {
    const card = cardWithAliases(work, content, payloadRooms(work.profile, work.profile.card?.payload));
    return card === content ? content : { ...content, ...card };
  }
  if (content.type !== "carousel") return content;
  const room = payloadRooms(work.profile, work.profile.carousel?.card.payload);
  return { ...content, cards: content.cards.map((card) => cardWithAliases(work, card, room)) };
}

/** The room of a value in something that can be tapped. */
export function payloadRooms(profile: ChannelProfile, length: Length<string> | undefined): Room[] {
  return rooms(profile, length, profile.whole?.counts.endsWith("json") ? longestOfWhole : limits.payload);
}

/** Whether a channel takes a value as it is. */
export function takesPayload(profile: ChannelProfile, payload: string, room: readonly Room[]): boolean {
  return fits(payload, room) && !(profile.trimmedPayloads && payload !== payload.trim());
}

/** The alias of the answer at an index. */
export function aliasAt(prefix: string, index: number): string {
  return `${prefix}.${index.toString(36)}`;
}

function cardWithAliases(work: Work, card: Card, room: readonly Room[]): Card {
  const { actions, defaultAction } = card;
  const isTaken = (action: Action | undefined) =>
    action?.type !== "postback" || !needsAlias(work, action.payload, room);
  if (isTaken(defaultAction) && (actions ?? []).every(isTaken)) return card;
  const change = (action: Action): Action =>
    action.type === "postback" ? { ...action, payload: aliasOr(work, action.payload, room) } : action;
  return {
    ...card,
    ...(actions && { actions: actions.map(change) }),
    ...(defaultAction && { defaultAction: change(defaultAction) }),
  };
}

/** A value that looks like an alias could be taken for one. */
function needsAlias(work: Work, value: string, room: readonly Room[]): boolean {
  if (!work.answers.has(value)) return false;
  const looksLikeAlias = value.startsWith(work.aliasPrefix) && value[work.aliasPrefix.length] === ".";
  return work.aliasAll || looksLikeAlias || !takesPayload(work.profile, value, room);
}

function aliasOr(work: Work, value: string, room: readonly Room[]): string {
  const open = work.answers.get(value);
  if (!open || !needsAlias(work, value, room)) return value;
  if (!work.aliased.has(value)) {
    work.aliased.add(value);
    note(work, "payload_aliased", open.answer.path, { from: `${value.length} characters`, to: "alias" });
  }
  return open.alias;
}

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
    const choices = content.choices.map((choice) => ({
      ...choice,
      value: aliasOr(work, choice.value, room),
    }));
    return { ...content, choices };
  }
  if (content.type === "card")
    return { ...content, ...cardWithAliases(work, content, work.profile.card?.payload) };
  if (content.type !== "carousel") return content;
  const length = work.profile.carousel?.card.payload;
  return { ...content, cards: content.cards.map((card) => cardWithAliases(work, card, length)) };
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

function cardWithAliases(work: Work, card: Card, length: Length<string> | undefined): Card {
  const room = payloadRooms(work.profile, length);
  const change = (action: Action): Action =>
    action.type === "postback" ? { ...action, payload: aliasOr(work, action.payload, room) } : action;
  return {
    ...card,
    ...(card.actions && { actions: card.actions.map(change) }),
    ...(card.defaultAction && { defaultAction: change(card.defaultAction) }),
  };
}

function aliasOr(work: Work, value: string, room: readonly Room[]): string {
  const open = work.answers.get(value);
  const isTaken = takesPayload(work.profile, value, room);
  // A value that looks like an alias could be taken for one.
  if (!open || (isTaken && !work.aliasAll && !value.startsWith(`${work.aliasPrefix}.`))) return value;
  if (!work.aliased.has(value)) {
    work.aliased.add(value);
    note(work, "payload_aliased", open.answer.path, { from: `${value.length} characters`, to: "alias" });
  }
  return open.alias;
}

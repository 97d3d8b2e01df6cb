import { ownField } from "./own-field.ts";

type Path = readonly (string | number)[];

/** A value that has to be unique and stands a second time. */
export interface Repeat {
  path: Path;
  firstPath: Path;
}

interface Place {
  path: Path;
  value: unknown;
}

/**
 * The choices whose `value` an earlier choice has. Takes anything, as do all functions here: repeats are looked for
 * whether or not the rest is right.
 */
export function repeatedValues(choices: unknown): Repeat[] {
  const places = elements(choices).map((choice, index) => ({
    path: [index, "value"],
    value: ownField(choice, "value"),
  }));
  return repeats(places);
}

/** The postbacks of a card whose `payload` an earlier one has. */
export function repeatedPayloads(card: unknown): Repeat[] {
  return repeats(buttons(card, []));
}

/**
 * The postbacks of a carousel whose `payload` an earlier one has. A card's `defaultAction` may repeat a payload of
 * its own card: to tap the card is then the same as to tap that button.
 */
export function repeatedPayloadsOfCards(cards: unknown): Repeat[] {
  const places = elements(cards).flatMap((card, index) => {
    const own = buttons(card, [index]);
    const tap = postback(ownField(card, "defaultAction"), [index, "defaultAction"]);
    return [...own, ...tap.filter(({ value }) => !own.some((button) => button.value === value))];
  });
  return repeats(places);
}

function buttons(card: unknown, path: Path): Place[] {
  return elements(ownField(card, "actions")).flatMap((action, index) =>
    postback(action, [...path, "actions", index]),
  );
}

function postback(action: unknown, path: Path): Place[] {
  if (ownField(action, "type") !== "postback") return [];
  return [{ path: [...path, "payload"], value: ownField(action, "payload") }];
}

function repeats(places: readonly Place[]): Repeat[] {
  const first = new Map<unknown, Path>();
  const found: Repeat[] = [];
  for (const { path, value } of places) {
    if (typeof value !== "string") continue;
    const firstPath = first.get(value);
    if (firstPath) found.push({ path, firstPath });
    else first.set(value, path);
  }
  return found;
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import { isBlank } from "../text/is-blank.ts";
import { fits, type Room } from "../text/room.ts";
import { cutText } from "../text/split-text.ts";
import { note, type Work } from "./work.ts";

/** What stands on something to tap, and whether its label had to be changed for it. */
export interface ShownLabel {
  value: string;
  label: string;
  shown: string;
  change?: "cut" | "numbered";
}

/** Labels to be shown: each has room and, where that is asked, none is like another. */
export function shownLabels(
  work: Work,
  choices: readonly { value: string; label: string }[],
  rooms: readonly Room[],
  unique: boolean,
): ShownLabel[] {
  const first = choices.map((choice) => shownLabel(work, choice, rooms));
  if (!unique) return first;
  const counts = countsOf(first);
  const second = first.map((choice) =>
    (counts.get(choice.shown.trim()) ?? 0) > 1 ? withNumber(work, choice, rooms) : choice,
  );
  const left = countsOf(second);
  return [...left.values()].some((count) => count > 1)
    ? second.map((choice) => withNumber(work, choice, rooms))
    : second;
}

/** A label with its number before it, cut where it has no room. */
export function withNumber(
  work: Work,
  { value, label }: { value: string; label: string },
  rooms: readonly Room[],
): ShownLabel {
  const number = `${work.numberOf(value)}.`;
  work.numbered.add(value);
  const whole = isBlank(label) ? number : `${number} ${label}`;
  if (fits(whole, rooms)) return { value, label, shown: whole, change: "numbered" };
  return { value, label, shown: cutText(whole, rooms) || number, change: "cut" };
}

/** Tells that something to tap has another label than in the original. */
export function noteLabel(
  work: Work,
  path: string,
  { label, shown, change }: Omit<ShownLabel, "value">,
): void {
  if (!change) return;
  const code = change === "cut" ? "label_truncated" : isBlank(label) ? "blank_filled" : "label_duplicate";
  note(work, code, path, { from: `${label.length} characters`, to: `${shown.length} characters` });
}

function shownLabel(
  work: Work,
  choice: { value: string; label: string },
  rooms: readonly Room[],
): ShownLabel {
  if (isBlank(choice.label)) return withNumber(work, choice, rooms);
  return fits(choice.label, rooms) ? { ...choice, shown: choice.label } : withNumber(work, choice, rooms);
}

function countsOf(choices: readonly ShownLabel[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { shown } of choices) counts.set(shown.trim(), (counts.get(shown.trim()) ?? 0) + 1);
  return counts;
}

const maxCharacters = 60;

/** A string from outside, made fit for a message: in quotes, shortened, with all that is not visible escaped. */
export function quoted(value: string): string {
  // A code unit is never less than a character: what is cut here could not be shown.
  const characters = Array.from(value.slice(0, 2 * maxCharacters + 2));
  const isLong = characters.length > maxCharacters;
  const shown = characters.slice(0, maxCharacters).map(visible).join("");
  return `"${shown}${isLong ? "…" : ""}"`;
}

function visible(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

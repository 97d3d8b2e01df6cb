// Control characters, and the marks that turn the direction of writing: all can make a terminal show what is not there.
const unsafeCharacters = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function escapeCharacter(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

/** Text that is safe to show on a terminal. Only `text` and a `Style` make it. */
export class TerminalText {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

/** Makes any text harmless to a terminal: line breaks become `↵`, control characters are spelt out. */
export function escapeForTerminal(untrusted: string): string {
  return untrusted
    .replaceAll(/\r\n|[\n\r]/g, "↵")
    .replaceAll("\t", " ")
    .replaceAll(unsafeCharacters, escapeCharacter);
}

/** Builds a line for the terminal; what stands in `${…}` is escaped unless it is terminal text already. */
export function text(
  literals: TemplateStringsArray,
  ...values: (string | number | TerminalText)[]
): TerminalText {
  const shown = values.map((value) =>
    value instanceof TerminalText ? value.value : escapeForTerminal(String(value)),
  );
  return new TerminalText(String.raw({ raw: literals }, ...shown));
}

/** Puts pieces side by side. */
export function joined(pieces: readonly TerminalText[], separator: string): TerminalText {
  return new TerminalText(pieces.map((piece) => piece.value).join(separator));
}

/** One line of JSON that means the same as `JSON.stringify` writes and is harmless to a terminal. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(unsafeCharacters, escapeCharacter);
}

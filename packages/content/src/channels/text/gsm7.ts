/** The default alphabet of 3GPP TS 23.038, section 6.2.1, and what takes two septets by its extension table. */
const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿" +
  "abcdefghijklmnopqrstuvwxyzäöñüà";
const septets = new Map([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from("^{}\\[~]|€\f", (character) => [character, 2] as const),
]);

/** Typographic characters, and what says the same in the default alphabet. */
const plain: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": ",",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "‐": "-",
  "‑": "-",
  "−": "-",
  "…": "...",
  "•": "-",
  "·": "-",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\t": " ",
};

/** The septets of a text in the default alphabet; `undefined` where it has a character outside of it. */
export function gsm7Length(text: string): number | undefined {
  let sum = 0;
  for (const character of text) {
    const length = septets.get(character);
    if (length === undefined) return undefined;
    sum += length;
  }
  return sum;
}

/** A text in the default alphabet, where only typographic characters keep it out of it; else the text itself. */
export function toGsm7(text: string): string {
  if (gsm7Length(text) !== undefined) return text;
  const replaced = Array.from(text, (character) => plain[character] ?? character).join("");
  return gsm7Length(replaced) === undefined ? text : replaced;
}

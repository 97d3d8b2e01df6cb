const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
/** As long as a URL of a message may be: what goes on longer is no link. */
const link = /https?:\/\/[^\s<>"]{1,2041}/gi;
const ascii = 0x80;

/**
 * The last place, up to an index, where a text may be cut: between two characters as people see them, and outside of a
 * link. It is `from` where there is no such place.
 */
export function boundaryBefore(text: string, from: number, index: number): number {
  const start = graphemeStart(text, from, index);
  if (start === from) return from;
  const inside = linkAround(text, from, start);
  return inside ? Math.max(from, inside.start) : start;
}

/** The link that goes over an index of a text, if any; looked for from an index on. */
export function linkAround(
  text: string,
  from: number,
  index: number,
): { start: number; end: number } | undefined {
  if (text.lastIndexOf("://", index + 2) < from - 5) return undefined;
  for (const match of text.slice(from, index + 2_100).matchAll(link)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (start < index && index < end) return { start, end };
  }
  return undefined;
}

/** The start of the character that people see at an index. */
function graphemeStart(text: string, from: number, index: number): number {
  if (index >= text.length) return text.length;
  if (isPlainBoundary(text.charCodeAt(index - 1), text.charCodeAt(index))) return index;
  // One that begins before the end and goes on after it needs no more of the text than its own length.
  const segment = graphemes.segment(text.slice(from, index + 256)).containing(index - from);
  return from + (segment?.index ?? 0);
}

function isPlainBoundary(before: number, after: number): boolean {
  return before < ascii && after < ascii && !(before === 0x0d && after === 0x0a);
}

/** An index that is not inside of a surrogate pair: the given one or that before it. */
export function codePointBoundary(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}

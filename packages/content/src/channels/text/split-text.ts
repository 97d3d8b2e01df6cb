import { boundaryBefore, codePointBoundary, linkAround } from "./boundary.ts";
import { isBlank } from "./is-blank.ts";
import { fits, fullAt, type Room } from "./room.ts";

/** Where a text may be divided, best first: between paragraphs, lines, sentences, words. */
const dividers = [/\n\s*\n\s*/g, /\n\s*/g, /(?<=[.!?…。！？])\s+/g, /\s+/g];
/** What joins the character before it. */
const joiner = /^[\p{M}\u200d]/u;
/** A division before this part of the room would leave too much of it empty. */
const leastShare = 1 / 3;

/**
 * Divides a text into parts that have room, at the best places, without the space between them. `undefined`: it holds
 * a link that has no room.
 */
export function splitText(text: string, all: readonly Room[]): string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const end = partEnd(text, from, all);
    if (end === undefined) return undefined;
    const part = text.slice(from, end).trim();
    if (!isBlank(part)) parts.push(part);
    from = end;
  }
  return parts;
}

/** Cuts a text to its room, with an ellipsis; empty where not even one character has room. */
export function cutText(text: string, all: readonly Room[]): string {
  if (fits(text, all)) return text;
  const ellipsis = "…";
  const left = all.map((room) => ({ ...room, max: room.max - (room.cost?.(0x2026) ?? 1) }));
  if (left.some(({ max }) => max < 1)) return "";
  const cut = text.slice(0, boundaryBefore(text, 0, fullAt(text, 0, left))).trimEnd();
  return cut === "" ? "" : `${cut}${ellipsis}`;
}

function partEnd(text: string, from: number, all: readonly Room[]): number | undefined {
  const full = fullAt(text, from, all);
  if (full >= text.length) return full;
  const divided = dividedAt(text, from, full);
  if (divided !== undefined) return divided;
  const boundary = boundaryBefore(text, from, full);
  if (boundary > from) return boundary;
  if (linkAround(text, from - 1, from + 1)?.start === from) return undefined;
  const end = codePointBoundary(text, full);
  return end > from ? end : undefined;
}

function dividedAt(text: string, from: number, full: number): number | undefined {
  // The room may end where a divider begins.
  const window = text.slice(from, full + 1);
  const least = (full - from) * leastShare;
  for (const divider of dividers) {
    let last: number | undefined;
    for (const match of window.matchAll(divider)) {
      const end = match.index + match[0].length;
      if (match.index >= least && !joiner.test(text.slice(from + end, from + end + 2))) last = end;
    }
    if (last !== undefined) return from + last;
  }
  return undefined;
}

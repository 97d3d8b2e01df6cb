import { webUrl } from "./web-url.ts";

/** A piece of a text: plain, or with the address that it is a link to. */
export interface TextSegment {
  text: string;
  href?: string;
}

const candidates = /https:\/\/[^\s<>"'`\\^{|}]{1,2000}/giu;
const closers: Record<string, string> = { ")": "(", "]": "[" };

/**
 * Finds the links in a text. Joined again, the segments are the text. Only `https:` addresses whose host reads as what
 * it is become links: a host in letters that another could be mistaken for stays text.
 */
export function linkSegments(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(candidates)) {
    const address = withoutClosing(match[0]);
    const url = webUrl(address);
    if (!url || !showsItsHost(address, url)) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    segments.push({ text: address, href: url.href });
    end = match.index + address.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/** An address at the end of a sentence or in brackets does not hold the full stop or the bracket. */
function withoutClosing(address: string): string {
  let kept = address;
  while (/[.,;:!?…'"»”’)\]*_~]$/u.test(kept) && !closesWithin(kept)) kept = kept.slice(0, -1);
  return kept;
}

function closesWithin(address: string): boolean {
  const closer = address.at(-1) ?? "";
  const opener = closers[closer];
  return opener !== undefined && address.split(opener).length >= address.split(closer).length;
}

function showsItsHost(address: string, url: URL): boolean {
  return address.slice("https://".length).toLowerCase().startsWith(url.host);
}

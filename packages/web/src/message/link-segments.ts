import { webUrl } from "./web-url.ts";

/** A piece of a text: plain, or with the address that it is a link to. */
export interface TextSegment {
  text: string;
  href?: string;
}

const candidates = /https:\/\/[^\s<>"'`\\^{|}]{1,2000}/giu;
const trailing = new Set(".,;:!?…'\"»”’*_~");

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

/** An address at the end of a sentence or in brackets does not hold the full stop, nor a bracket that it did not open. */
function withoutClosing(address: string): string {
  const unopened = new Map([
    [")", surplus(address, ")", "(")],
    ["]", surplus(address, "]", "[")],
  ]);
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const left = unopened.get(last);
    if (left === undefined ? !trailing.has(last) : left <= 0) break;
    if (left !== undefined) unopened.set(last, left - 1);
  }
  return address.slice(0, end);
}

function surplus(text: string, closer: string, opener: string): number {
  return text.split(closer).length - text.split(opener).length;
}

function showsItsHost(address: string, url: URL): boolean {
  return address.slice("https://".length).toLowerCase().startsWith(url.host);
}

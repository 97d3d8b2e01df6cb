const minPrefixLength = 3;
const maxNameLength = 40;

/** Names that other programs give to the same thing. */
const sameMeaning: readonly (readonly string[])[] = [
  ["image", "picture", "photo", "img"],
  ["audio", "voice", "sound"],
  ["video", "movie", "film"],
  ["file", "document", "attachment"],
  ["location", "place", "map"],
  ["quickreply", "buttons", "menu"],
  ["text", "body", "message"],
  ["content", "body", "payload"],
  ["choices", "options", "buttons", "replies"],
  ["actions", "buttons"],
  ["cards", "elements", "items"],
  ["title", "header", "heading"],
  ["subtitle", "description"],
  ["label", "text", "title"],
  ["value", "payload", "id"],
  ["payload", "value", "data"],
  ["url", "link", "href", "src"],
  ["weburl", "url", "link"],
  ["longitude", "lng"],
];

/** The known name that a misspelt one most likely means; `undefined` where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = bare(name);
  if (wanted === "" || name.length > maxNameLength) return undefined;
  const same = known.find((candidate) => bare(candidate) === wanted);
  if (same) return same;

  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, bare(candidate));
    if (distance < nearestDistance) [nearest, nearestDistance] = [candidate, distance];
  }
  return (
    nearest ??
    known.find((candidate) => isLonger(bare(candidate), wanted) || isLonger(wanted, bare(candidate))) ??
    known.find((candidate) =>
      sameMeaning.some((names) => names.includes(wanted) && names[0] === bare(candidate)),
    )
  );
}

/** `quick_reply`, `quickReply` and `quick-reply` differ in nothing that matters here. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function isLonger(name: string, start: string): boolean {
  return start.length >= minPrefixLength && name.startsWith(start);
}

/** Damerau and Levenshtein's distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwap ? at(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** A place in a text, both from 1; the column counts UTF-16 units. */
export interface TextPosition {
  line: number;
  column: number;
}

// Messages are nested five deep; what lies deeper is told of at its nearest ancestor.
const maxDepth = 32;

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where in a JSON text the value stands that a JSON pointer (RFC 6901) names, or the nearest one around it. */
export function createJsonPositions(json: string): (pointer: string) => TextPosition {
  const offsets = valueOffsets(json);
  return (pointer) => {
    let known = pointer;
    while (known !== "" && !offsets.has(known)) known = known.slice(0, known.lastIndexOf("/"));
    const lines = json.slice(0, offsets.get(known) ?? 0).split("\n");
    return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  };
}

/** An object or array that is open; `step` is what leads to the value at hand. */
interface Frame {
  isArray: boolean;
  step: string | number;
  awaitsName: boolean;
}

function valueOffsets(json: string): Map<string, number> {
  const offsets = new Map<string, number>();
  const open: Frame[] = [];
  for (const { 0: token, index } of json.matchAll(tokens)) {
    if (isBetweenValues(token, open)) continue;
    if (open.length <= maxDepth) offsets.set(pointerTo(open), index);
    if (token === "{" || token === "[") open.push(frameOf(token === "["));
  }
  return offsets;
}

/** Takes note of what leads from one value to the next. */
function isBetweenValues(token: string, open: Frame[]): boolean {
  const frame = open.at(-1);
  if (!frame) return false;
  if (token === "}" || token === "]") open.pop();
  else if (token === ",") next(frame);
  else if (token === ":") frame.awaitsName = false;
  else if (frame.awaitsName) frame.step = String(JSON.parse(token));
  else return false;
  return true;
}

function frameOf(isArray: boolean): Frame {
  return { isArray, step: isArray ? 0 : "", awaitsName: !isArray };
}

function next(frame: Frame): void {
  if (typeof frame.step === "number") frame.step += 1;
  frame.awaitsName = !frame.isArray;
}

function pointerTo(open: readonly Frame[]): string {
  return open.map(({ step }) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

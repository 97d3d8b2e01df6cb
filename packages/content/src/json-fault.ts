/** Where a text stops being JSON, and what could stand there. */
export interface JsonFault {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
  /** In words, such as `a comma or "}"`. */
  expected: string;
}

/** Where reading has come to. `done` stands for whatever follows a value: that depends on what it lies in. */
type Place = "value" | "firstItem" | "firstName" | "name" | "colon" | "inArray" | "inObject" | "done";

interface Expectation {
  readonly expected: string;
  /** Where reading goes on, by the kind of token. */
  readonly next: Readonly<Partial<Record<string, Place>>>;
}

/** What may come where. */
const grammar: Readonly<Record<Place, Expectation>> = {
  value: {
    expected: "a value",
    next: { string: "done", scalar: "done", "{": "firstName", "[": "firstItem" },
  },
  firstItem: {
    expected: 'a value or "]"',
    next: { string: "done", scalar: "done", "{": "firstName", "[": "firstItem", "]": "done" },
  },
  firstName: { expected: 'a name in double quotes or "}"', next: { string: "colon", "}": "done" } },
  name: { expected: "a name in double quotes", next: { string: "colon" } },
  colon: { expected: "a colon", next: { ":": "value" } },
  inArray: { expected: 'a comma or "]"', next: { ",": "value", "]": "done" } },
  inObject: { expected: 'a comma or "}"', next: { ",": "name", "}": "done" } },
  done: { expected: "the end", next: {} },
};

// RFC 8259, sections 2 to 7.
const token =
  /[ \t\n\r]*(?:(?<string>"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[{}[\],:]))/guy;

/**
 * Finds where a text is not JSON; `undefined` where it is. Unlike the parser's own words, the answer quotes nothing of
 * the text, which may be a customer's. A string that is wrong in itself, such as one that never ends, is told at its start.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const { place, end } = readWhileJson(text);
  const at = end + (/^[ \t\n\r]*/.exec(text.slice(end))?.[0].length ?? 0);
  if (place === "done" && at === text.length) return undefined;
  return {
    ...positionOf(text, at),
    expected: text[at] === '"' ? wrongString(place) : grammar[place].expected,
  };
}

/** Reads tokens as long as each may stand where it does. */
function readWhileJson(text: string): { place: Place; end: number } {
  const open: string[] = [];
  let place: Place = "value";
  let end = 0;
  for (const { 0: read, groups = {} } of text.matchAll(token)) {
    const kind = groups.mark ?? (groups.string === undefined ? "scalar" : "string");
    const next: Place | undefined = grammar[place].next[kind];
    if (next === undefined) break;
    end += read.length;
    if (next === "firstName" || next === "firstItem") open.push(kind);
    if (kind === "}" || kind === "]") open.pop();
    place = next === "done" ? placeAfterValue(open.at(-1)) : next;
  }
  return { place, end };
}

function placeAfterValue(around: string | undefined): Place {
  if (around === undefined) return "done";
  return around === "{" ? "inObject" : "inArray";
}

/** Where a string may stand and one does, it is the string itself that is wrong. */
function wrongString(place: Place): string {
  return "string" in grammar[place].next
    ? 'a string that ends with a double quote, without line breaks and with no "\\" but that of an escape'
    : grammar[place].expected;
}

function positionOf(text: string, offset: number): Pick<JsonFault, "line" | "column"> {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

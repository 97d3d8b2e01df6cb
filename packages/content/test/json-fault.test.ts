import { findJsonFault } from "@quickcard/content/json-fault";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  ["", 1, 1, "a value"],
  ["type: text", 1, 1, "a value"],
  ["// a note\n{}", 1, 1, "a value"],
  ['\ufeff{"type":"text"}', 1, 1, "a value"],
  ["{'type':'text'}", 1, 2, 'a name in double quotes or "}"'],
  ['{\n  "type": "text",\n}', 3, 1, "a name in double quotes"],
  ['{"type": "text" "text": "Hi"}', 1, 17, 'a comma or "}"'],
  ['{"type" "text"}', 1, 9, "a colon"],
  ['["a" 1]', 1, 6, 'a comma or "]"'],
  ["[1,]", 1, 4, "a value"],
  ['{"text": "Hi"', 1, 14, 'a comma or "}"'],
  ["[01]", 1, 3, 'a comma or "]"'],
  ["[NaN]", 1, 2, 'a value or "]"'],
  ["{} {}", 1, 4, "the end"],
  ['{"text": "one\ntwo"}', 1, 10, expect.stringContaining("a string that ends")],
  ['{"text": "never', 1, 10, expect.stringContaining("a string that ends")],
  ['{"text": "\\x"}', 1, 10, expect.stringContaining("a string that ends")],
])("%j stops being JSON at line %i, column %i", (text, line, column, expected) => {
  expect(findJsonFault(text)).toEqual({ line, column, expected });
});

test("a fault is found exactly where JSON.parse finds one", () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...'{}[],:"\\ \n\t0-1.e+',
      '"a"',
      "true",
      "null",
      "tru",
      "\\u00e9",
      "\u007f",
      "\u0001",
      "é",
    ),
    { maxLength: 12 },
  );
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", '"', "x", "\\"))
    .map(
      ([json, at, more]) => json.slice(0, at % (json.length + 1)) + more + json.slice(at % (json.length + 1)),
    );
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  fc.assert(
    fc.property(
      fc.oneof(
        pieces.map((all) => all.join("")),
        fc.json(),
        broken,
      ),
      (text) => {
        expect(findJsonFault(text) === undefined).toBe(parses(text));
      },
    ),
    { numRuns: 5000 },
  );
});

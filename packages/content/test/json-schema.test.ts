import { readFileSync } from "node:fs";
import { type Issue, validate, validateMessage } from "@quickcard/content";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentArbitrary, messageArbitrary } from "../../../testing/content-arbitrary.ts";
import { jsonSchema } from "../src/schema/json-schema.ts";

function published(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), "utf8"));
}

const ajv = new Ajv2020({ strict: true, allErrors: false });
const isContent = ajv.compile(published("content"));
const isMessage = ajv.compile(published("message"));

/** Issues that JSON Schema has no words for, or not in every case: the schema's own comment names them. */
const beyondJsonSchema = [
  /must be unique$/,
  /is longer than .* characters$/,
  /is not well-formed Unicode/,
  /is not an absolute URL$/,
  /does not name its host in the plain form$/,
  /holds a space, a control character/,
  /is on a day that its month does not have$/,
  /is not after "sendAt"$/,
];

function mayBeBeyondJsonSchema({ message }: Issue): boolean {
  return beyondJsonSchema.some((pattern) => pattern.test(message));
}

test.each(["content", "message"] as const)(
  "%s.schema.json is what `npm run schemas -w packages/content` writes",
  (name) => {
    expect(published(name)).toEqual(JSON.parse(JSON.stringify(jsonSchema(name))));
  },
);

test("a file may name its schema at its root, and there alone", () => {
  const $schema = "./node_modules/@quickcard/content/schema/message.schema.json";
  const content = { type: "text", text: "x" };

  expect(isMessage({ $schema, type: "message", content })).toBe(true);
  expect(isContent({ $schema, ...content })).toBe(true);
  expect(isMessage({ type: "message", content: { $schema, ...content } })).toBe(false);
});

test("every part has a description for an editor to show", () => {
  const { $defs } = published("message") as { $defs: Record<string, Described> };

  for (const definition of Object.values($defs)) {
    expect(definition.title).toMatch(/^[A-Z]/);
    for (const part of [definition, ...Object.values(definition.properties ?? {})]) {
      expect(part.$ref ?? part.description).toMatch(/^#|^[A-Z].*[^.]\.$/s);
    }
  }
});

interface Described {
  title?: string;
  description?: string;
  $ref?: string;
  properties?: Record<string, Described>;
}

describe("a validator of JSON Schema agrees with validate", () => {
  test("on valid messages", () => {
    fc.assert(
      fc.property(messageArbitrary, (message) => {
        expect(isMessage(message)).toBe(true);
        expect(isContent(message.content)).toBe(true);
      }),
    );
  });

  test("on messages with one part changed, but for what JSON Schema cannot say", () => {
    const replacement = fc.oneof(
      fc.constantFrom(
        undefined,
        null,
        "",
        "message",
        "card",
        "a\0b",
        "\ud800",
        "http://example.com/",
        "https://é/",
        91,
        -181,
      ),
      fc.constantFrom(
        [],
        {},
        [{}],
        Array.from({ length: 101 }, () => ({ title: "x" })),
        "x".repeat(40_000),
      ),
      fc.webUrl({ validSchemes: ["https", "http", "ftp"] }),
      fc.jsonValue(),
    );
    const changed = fc
      .tuple(messageArbitrary, fc.nat(), fc.option(fc.string()), replacement)
      .map(([message, at, newName, value]) => withChange(message, at, newName, value));

    fc.assert(
      fc.property(changed, (message) => {
        const result = validateMessage(message);
        if (result.ok) expect(isMessage(message)).toBe(true);
        else if (!result.issues.every(mayBeBeyondJsonSchema)) expect(isMessage(message)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("on any JSON", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), contentArbitrary), (value) => {
        expect(isContent(value)).toBe(validate(value).ok);
      }),
    );
  });
});

/** A copy of a value in which one field or entry of all is replaced, or one added. */
function withChange(value: unknown, at: number, newName: string | null, replacement: unknown): unknown {
  const copy = structuredClone(value);
  const places = placesOf(copy);
  const place = places[at % places.length];
  if (place) Reflect.set(place.holder, newName ?? place.name, replacement);
  return JSON.parse(JSON.stringify(copy));
}

function placesOf(value: unknown): { holder: object; name: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [{ holder: value, name }, ...placesOf(part)]);
}

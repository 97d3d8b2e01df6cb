import { type Issue, validate, validateMessage } from "@quickcard/content";
import { isValidMessage } from "@quickcard/content/is-valid-message";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contentArbitrary, messageArbitrary } from "../../../testing/content-arbitrary.ts";

type Fields = Record<string, unknown>;

/** An object inside a content, and where it stands. */
interface Part {
  pointer: string;
  fields: Fields;
}

/** The fields that a part must have, by its type or else by the name of what holds it. */
const requiredFields: Record<string, string[]> = {
  text: ["type", "text"],
  image: ["type", "url"],
  audio: ["type", "url"],
  video: ["type", "url"],
  file: ["type", "url"],
  location: ["type", "latitude", "longitude"],
  "quick-reply": ["type", "title", "choices"],
  card: ["type", "title"],
  carousel: ["type", "cards"],
  postback: ["type", "title", "payload"],
  web_url: ["type", "title", "url"],
  "in choices": ["label", "value"],
  "in cards": ["title"],
  "in a card": ["url"],
};

function partsOf(value: unknown, pointer = ""): Part[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, part]) => partsOf(part, `${pointer}/${name}`));
  return Array.isArray(value) ? inner : [{ pointer, fields: value as Fields }, ...inner];
}

function requiredIn({ pointer, fields }: Part): string[] {
  const place = /\/(choices|cards)\/\d+$/.exec(pointer)?.[1];
  return requiredFields[String(fields.type ?? `in ${place ?? "a card"}`)] ?? [];
}

/** A copy of a valid content, and one of its parts to change. */
const mutable = contentArbitrary.chain((content) => {
  const copy = structuredClone(content);
  return fc.constantFrom(...partsOf(copy)).map((part) => ({ copy, part }));
});

function issuesOf(value: unknown): Issue[] {
  const result = validate(value);
  return result.ok ? [] : result.issues;
}

function deepFreeze(value: unknown): void {
  for (const { fields } of partsOf(value)) Object.freeze(fields);
}

test("takes every valid message and gives back an equal one", () => {
  fc.assert(
    fc.property(messageArbitrary, (message) => {
      deepFreeze(message);
      expect(validateMessage(message)).toEqual({ ok: true, message });
      expect(validate(message.content)).toEqual({ ok: true, content: message.content });
    }),
  );
});

test("never throws and never changes a value, whatever it is", () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const nearly = fc.record({
    type: fc.oneof(fc.constant("message"), anything),
    content: anything,
    metadata: anything,
  });

  fc.assert(
    fc.property(fc.oneof(anything, nearly), (value) => {
      const before = fc.stringify(value);
      const result = validateMessage(value);
      if (!result.ok) expect(result.issues.length).toBeGreaterThan(0);
      validate(value);
      expect(fc.stringify(value)).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test("names each required field that is missing", () => {
  fc.assert(
    fc.property(mutable, fc.nat(), ({ copy, part }, choice) => {
      const required = requiredIn(part);
      const name = required[choice % required.length] ?? "";
      delete part.fields[name];

      expect(issuesOf(copy)).toContainEqual(
        expect.objectContaining({ pointer: `${part.pointer}/${name}`, code: "required.fields.missing" }),
      );
    }),
  );
});

test("names each unknown field", () => {
  fc.assert(
    fc.property(mutable, fc.string(), ({ copy, part }, name) => {
      const unknown = `${name}?`;
      part.fields[unknown] = 1;

      expect(issuesOf(copy)).toEqual([
        expect.objectContaining({
          pointer: `${part.pointer}/${unknown.replaceAll("~", "~0").replaceAll("/", "~1")}`,
          code: "bad.request",
        }),
      ]);
    }),
  );
});

test("names each wrong type, and the right one where a letter was lost, doubled or swapped", () => {
  const slips: ((name: string, at: number) => string)[] = [
    (name, at) => name.slice(0, at) + name.slice(at + 1),
    (name, at) => name.slice(0, at + 1) + name.slice(at),
    (name, at) => name.slice(0, at) + (name[at + 1] ?? "") + (name[at] ?? "") + name.slice(at + 2),
  ];

  fc.assert(
    fc.property(contentArbitrary, fc.nat(), fc.constantFrom(...slips), (content, at, slip) => {
      const type = slip(content.type, at % content.type.length);
      fc.pre(type !== content.type);

      expect(issuesOf({ ...content, type })).toEqual([
        expect.objectContaining({
          pointer: "/type",
          code: "invalid.content.type",
          message: expect.stringContaining(`Invalid content type "${type}"`),
          suggestion: content.type,
        }),
      ]);
    }),
  );
});

test("names each field of a wrong kind", () => {
  fc.assert(
    fc.property(mutable, fc.nat(), ({ copy, part }, choice) => {
      const names = Object.keys(part.fields);
      const name = names[choice % names.length] ?? "";
      part.fields[name] = true;

      expect(issuesOf(copy)[0]).toMatchObject({
        pointer: `${part.pointer}/${name}`,
        code: part.pointer === "" && name === "type" ? "invalid.content.type" : "invalid.value",
      });
    }),
  );
});

test("says of every issue what would be right, in one line", () => {
  fc.assert(
    fc.property(
      fc.record({ type: fc.constant("message"), content: fc.object(), "a\nb": fc.string() }),
      (value) => {
        const result = validateMessage(value);
        for (const { message, fix } of result.ok ? [] : result.issues) {
          expect(message).toMatch(/^[^\p{Cc}]+[^.\p{Cc}]$/u);
          expect(fix).toMatch(/^[^\p{Cc}]+[.]$/u);
        }
      },
    ),
  );
});

test("says of a message that it is valid where it finds nothing wrong with it", () => {
  const spoiled = fc
    .tuple(messageArbitrary, mutable, fc.constantFrom("type", "text", "url", "cards"))
    .map(([message, { copy, part }, name]) => {
      part.fields[name] = "http://example.com/";
      return { ...message, content: copy };
    });
  const value = fc.oneof(messageArbitrary, spoiled, fc.anything());

  fc.assert(
    fc.property(value, fc.boolean(), (value, allowHttp) => {
      expect(isValidMessage(value, { allowHttp })).toBe(validateMessage(value, { allowHttp }).ok);
    }),
  );
});

import { enumerations, models } from "@quickcard/emulator";
import fc from "fast-check";

/** Deeper than this, models have their required fields alone. */
const mostDepth = 4;

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0);

const primitives: Record<string, fc.Arbitrary<unknown>> = {
  string: text,
  number,
  integer: fc.integer(),
  boolean: fc.boolean(),
  date: fc
    .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString()),
  map: fc.dictionary(
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 }).filter((key) => key !== "__proto__"),
    text,
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
  any: fc.record({ anything: text }, { noNullPrototype: true }),
};

/** Values of a model of Genesys Cloud's wire, by the emulator's tables: any mix of its fields, the required ones always. */
export function wireArbitrary(
  model: string,
  always: Record<string, fc.Arbitrary<unknown>> = {},
  depth = 0,
): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries((models as Record<string, Record<string, string>>)[model] ?? {});
  const wanted = fields.filter(([key]) => key.startsWith("*") || depth < mostDepth);
  const arbitraries = Object.fromEntries(
    wanted.map(([key, type]) => [key.replace("*", ""), ofType(type, depth + 1)]),
  );
  const requiredKeys = [
    ...fields.flatMap(([key]) => (key.startsWith("*") ? [key.slice(1)] : [])),
    ...Object.keys(always),
  ];
  return fc.record({ ...arbitraries, ...always }, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<
    Record<string, unknown>
  >;
}

function ofType(type: string, depth: number): fc.Arbitrary<unknown> {
  if (type.endsWith("[]")) return fc.array(ofType(type.slice(0, -2), depth), { maxLength: 3 });
  const values = (enumerations as Record<string, readonly string[]>)[type];
  if (values !== undefined) return fc.constantFrom(...values);
  return primitives[type] ?? wireArbitrary(type, {}, depth);
}

/** Where the content of a type stands in `ConversationMessageContent`; nowhere for those that the platform's model has no place for. */
function contentKey(contentType: string): string | undefined {
  const key =
    contentType === "Notification" ? "template" : contentType[0]?.toLowerCase() + contentType.slice(1);
  return key in models.ConversationMessageContent ? key : undefined;
}

/** An element of a content type, with what it holds. */
export function wireContent(contentType: string): fc.Arbitrary<Record<string, unknown>> {
  const key = contentKey(contentType);
  const type = key && (models.ConversationMessageContent as Record<string, string>)[key];
  return fc.record(
    { contentType: fc.constant(contentType), ...(key && type ? { [key]: ofType(type, 1) } : {}) },
    { noNullPrototype: true },
  );
}

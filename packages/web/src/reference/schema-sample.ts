import type { MediaType, OpenApiDocument, Schema } from "./openapi-document.ts";
import { fieldsOf, resolve, variantsOf } from "./schema-shape.ts";

/** A body to show and to copy. */
export interface Sample {
  name: string;
  value: unknown;
}

const samplesByFormat: Record<string, string> = {
  "date-time": "2026-11-22T12:00:00.000Z",
  uuid: "3f1c9a52-7f0e-4b8e-9d57-0c5a1f2e6b84",
  uri: "https://example.com/",
  url: "https://example.com/",
  email: "ada@example.com",
};

/** What stands for a text of which nothing is known. */
const unknownText = "…";

/** So many levels of a sample hold optional fields too. */
const optionalLevels = 4;

/** The bodies to show for a media type: those that the document gives, and one for each form of what it holds. */
export function samplesOf(media: MediaType, document: OpenApiDocument): Sample[] {
  const named = Object.entries(media.examples ?? {});
  if (named.length > 0) return named.map(([name, { summary, value }]) => ({ name: summary ?? name, value }));
  const forms = media.schema ? sampleForms(media.schema, document) : [];
  if (media.example === undefined) return forms;
  const text = JSON.stringify(media.example);
  const shown = forms.find(({ name }) => text.includes(`:"${name}"`));
  return [
    { name: shown?.name ?? "Example", value: media.example },
    ...forms.filter((form) => form !== shown),
  ];
}

function sampleForms(schema: Schema, document: OpenApiDocument): Sample[] {
  const resolved = resolve(schema, document);
  const own = variantsOf(resolved, document);
  if (own.length > 0) return own.map((form) => ({ name: form.name, value: sampleOf(form.schema, document) }));
  const base = sampleOf(resolved, document) as Record<string, unknown>;
  for (const { name, schema: field } of fieldsOf(resolved)) {
    const forms = variantsOf(resolve(field, document), document);
    if (forms.length > 0)
      return forms.map((form) => ({
        name: form.name,
        value: { ...base, [name]: sampleOf(form.schema, document, [undefined]) },
      }));
  }
  return [{ name: "Sample", value: base }];
}

/** The references that were followed to a place in a schema, one entry for each level. */
type Trail = readonly (string | undefined)[];

/** A value that a schema allows, as far as its words tell. */
export function sampleOf(schema: Schema, document: OpenApiDocument, trail: Trail = []): unknown {
  const resolved = resolve(schema, document);
  const given = resolved.const ?? resolved.examples?.[0] ?? resolved.default ?? resolved.enum?.[0];
  if (given !== undefined) return given;
  const inner = [...trail, schema.$ref];
  const form = variantsOf(resolved, document)[0];
  if (form) return sampleOf(form.schema, document, inner);
  if (resolved.items)
    return isWithin(resolved.items, inner) ? [] : [sampleOf(resolved.items, document, inner)];
  if (resolved.properties) return sampleObject(resolved, document, inner);
  return plainSample(resolved);
}

/** A schema may hold itself: a sample of it does not. */
function isWithin({ $ref }: Schema, trail: Trail): boolean {
  return $ref !== undefined && trail.includes($ref);
}

/** Optional fields stand in the upper levels only: below they would hide what matters. */
function sampleObject(schema: Schema, document: OpenApiDocument, trail: Trail): Record<string, unknown> {
  const shown = fieldsOf(schema).filter(
    (field) => !isWithin(field.schema, trail) && (field.isRequired || trail.length <= optionalLevels),
  );
  return Object.fromEntries(
    shown.map(({ name, schema: field }) => {
      const sample = sampleOf(field, document, trail);
      return [name, sample === unknownText && /url$/i.test(name) ? "https://example.com/…" : sample];
    }),
  );
}

function plainSample({ type, format, minimum = 0 }: Schema): unknown {
  const [first] = [type].flat();
  if (first === "boolean") return true;
  if (first === "object") return {};
  if (first === "array") return [];
  if (first === "integer" || first === "number") return Math.max(minimum, 0);
  return samplesByFormat[format ?? ""] ?? unknownText;
}

import type { OpenApiDocument, Schema } from "./openapi-document.ts";

/** One field of an object. */
export interface Field {
  name: string;
  schema: Schema;
  isRequired: boolean;
}

/** One of the forms that a value can have. */
export interface Variant {
  name: string;
  schema: Schema;
}

/** The schema that a reference means, with what is written beside the reference. Parts of `allOf` are put together. */
export function resolve(schema: Schema, document: OpenApiDocument, depth = 0): Schema {
  const { $ref, allOf, ...own } = schema;
  if (depth > 20) return own;
  const target = $ref === undefined ? undefined : document.components?.schemas?.[nameOf($ref)];
  const parts = [...(target ? [target] : []), ...(allOf ?? [])].map((part) =>
    resolve(part, document, depth + 1),
  );
  return [...parts, own].reduce(together, {});
}

function together(one: Schema, other: Schema): Schema {
  const properties = { ...one.properties, ...other.properties };
  const required = [...(one.required ?? []), ...(other.required ?? [])];
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

function nameOf(reference: string): string {
  return reference.split("/").pop() ?? "";
}

/** The fields of an object, the required ones first. */
export function fieldsOf(schema: Schema): Field[] {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => {
    return { name, schema: one, isRequired: required.has(name) };
  });
  return [
    ...fields.filter(({ isRequired }) => isRequired),
    ...fields.filter(({ isRequired }) => !isRequired),
  ];
}

/** The forms of a value that has several, named by what tells them apart. */
export function variantsOf(schema: Schema, document: OpenApiDocument): Variant[] {
  return (schema.oneOf ?? schema.anyOf ?? []).map((form, index) => {
    const resolved = resolve(form, document);
    const fixed = Object.values(resolved.properties ?? {}).find(
      (property) => typeof property.const === "string",
    );
    return { name: String(fixed?.const ?? resolved.title ?? `Form ${index + 1}`), schema: resolved };
  });
}

/** The schema whose fields stand below a value: its own, or that of an array's entries. */
export function innerSchema(schema: Schema, document: OpenApiDocument): Schema {
  return schema.items ? innerSchema(resolve(schema.items, document), document) : schema;
}

/** A type in words: `string (uuid)`, `array of Choice`, `"message"`. */
export function typeLabel(schema: Schema, document: OpenApiDocument): string {
  const resolved = resolve(schema, document);
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (resolved.items) return `array of ${typeLabel(resolved.items, document)}`;
  if (resolved.oneOf || resolved.anyOf) return resolved.title ?? "one of several";
  const types = [resolved.type ?? "any value"].flat().join(" or ");
  if (types === "object") return resolved.title ?? "object";
  return resolved.format ? `${types} (${resolved.format})` : types;
}

type LimitName =
  | "minimum"
  | "maximum"
  | "minLength"
  | "maxLength"
  | "minItems"
  | "maxItems"
  | "maxProperties";

const limits: Record<LimitName, (value: number) => string> = {
  minimum: (value) => `at least ${value}`,
  maximum: (value) => `at most ${value}`,
  minLength: (value) => (value === 1 ? "not empty" : `at least ${value} characters`),
  maxLength: (value) => `at most ${value.toLocaleString("en")} characters`,
  minItems: (value) => (value === 1 ? "at least one" : `at least ${value} entries`),
  maxItems: (value) => `at most ${value} entries`,
  maxProperties: (value) => `at most ${value} names`,
};

/** The longest pattern that tells a reader more than it takes to read. */
const readablePattern = 40;

/** What a value must keep to, in words. Bounds that only say "a safe integer" or "no NUL" are left out. */
export function limitLabels(schema: Schema): string[] {
  const names = Object.keys(limits) as LimitName[];
  const labels = names.flatMap((name) => {
    const value = schema[name];
    return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? [] : [limits[name](value)];
  });
  if (schema.default !== undefined) labels.push(`default ${JSON.stringify(schema.default)}`);
  const { pattern, format } = schema;
  if (pattern && !format && pattern.length <= readablePattern && !pattern.includes("x00"))
    labels.push(`matches ${pattern}`);
  return labels;
}

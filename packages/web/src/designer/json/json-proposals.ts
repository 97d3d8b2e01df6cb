import { isObject } from "../../is-object.ts";
import { contentSchema, formsOf, resolved, type Schema, schemaOfValue } from "../form/content-schema.ts";
import { startingContents, startingValue } from "../form/starting-value.ts";
import type { JsonPlace } from "./json-place.ts";

/** Something that may be written at a place. */
export interface Proposal {
  /** The name or value, as it is shown. */
  label: string;
  /** What is written. */
  text: string;
  /** Its meaning, in a sentence. */
  info?: string;
}

/** What the schema of contents allows at a place; `root` is as much of the message as can be read. */
export function proposalsAt({ path, writes, siblings }: JsonPlace, root: unknown): Proposal[] {
  const schema = schemaAt(path, root);
  if (!schema) return [];
  if (writes === "name") return names(schema.schema, schema.value, siblings);
  return path.length === 0 ? wholeMessages() : values(schema.schema, path);
}

/** The schema of what a path leads to, and as much as there is of the value. */
function schemaAt(path: JsonPlace["path"], root: unknown): { schema: Schema; value: unknown } | undefined {
  let schema: Schema | undefined = contentSchema;
  let value = root;
  for (const step of path) {
    schema = step === "type" ? typeSchema(schema, value) : innerSchema(schemaOfValue(schema, value), step);
    if (!schema) return undefined;
    value = isObject(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  }
  return { schema, value };
}

function innerSchema(schema: Schema, step: string | number): Schema | undefined {
  return typeof step === "number" ? schema.items : schema.properties?.[step];
}

/** The `type` of something that may take several forms is that of any of them. */
function typeSchema(schema: Schema, value: unknown): Schema | undefined {
  const forms = formsOf(schema);
  if (forms.length === 0) return innerSchema(schemaOfValue(schema, value), "type");
  return { type: "string", enum: forms.map(({ type }) => type) };
}

function names(schema: Schema, value: unknown, siblings: readonly string[]): Proposal[] {
  const shape = schemaOfValue(schema, value);
  const fields = shape.properties ?? { type: { type: "string", description: "What it is." } };
  return Object.entries(fields)
    .filter(([name]) => name !== "$schema" && !siblings.includes(name))
    .map(([name, field]) => ({
      label: name,
      text: `${JSON.stringify(name)}: ${firstValue(name, resolved(field))}`,
      ...infoOf(resolved(field)),
    }));
}

function firstValue(name: string, schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "number") return "0";
  if (schema.type === "array") return JSON.stringify([startingValue(name)]);
  return schema.type === "object" || schema.oneOf ? JSON.stringify(startingValue(name)) : '""';
}

function wholeMessages(): Proposal[] {
  return Object.entries(startingContents).map(([label, content]) => ({
    label,
    text: JSON.stringify(content, undefined, 2),
  }));
}

function values(schema: Schema, path: JsonPlace["path"]): Proposal[] {
  const shape = resolved(schema);
  const literals = shape.enum ?? (shape.const === undefined ? (shape.examples ?? []) : [shape.const]);
  const [list, last] = path.slice(-2);
  if (typeof last === "number" && typeof list === "string")
    return [{ label: "{ … }", text: JSON.stringify(startingValue(list)), ...infoOf(shape) }];
  return literals.map((literal) => ({
    label: String(literal),
    text: JSON.stringify(literal),
    ...infoOf(shape),
  }));
}

function infoOf({ description }: Schema): { info?: string } {
  return description === undefined ? {} : { info: description };
}

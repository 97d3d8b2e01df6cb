import document from "@quickcard/content/schema/content.schema.json" with { type: "json" };
import { isObject } from "../../is-object.ts";

/** As much of JSON Schema (draft 2020-12) as the schema of contents is written in. */
export interface Schema {
  $ref?: string;
  type?: string;
  title?: string;
  description?: string;
  const?: string;
  enum?: string[];
  examples?: unknown[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

const definitions = document.$defs as Record<string, Schema>;

/** The schema of any content. */
export const contentSchema: Schema = { $ref: document.$ref };

/** The schema that a reference leads to. */
export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace("#/$defs/", "");
  return name === undefined ? schema : resolved(definitions[name] ?? {});
}

/** The forms that a value may take, each with the `type` that tells it; a schema without forms has none. */
export function formsOf(schema: Schema): { type: string; schema: Schema }[] {
  return (resolved(schema).oneOf ?? []).map((form) => {
    const found = resolved(form);
    return { type: found.properties?.type?.const ?? "", schema: found };
  });
}

/** The schema of an object, where it may take several forms that of the one that its `type` tells. */
export function schemaOfValue(schema: Schema, value: unknown): Schema {
  const forms = formsOf(schema);
  if (forms.length === 0) return resolved(schema);
  const type = isObject(value) ? value.type : undefined;
  return forms.find((form) => form.type === type)?.schema ?? resolved(schema);
}

/** The fields of an object that people fill in: `type` is chosen elsewhere, and `$schema` is no part of it. */
export function fieldsOf(schema: Schema): [name: string, schema: Schema][] {
  return Object.entries(schema.properties ?? {}).filter(([name]) => name !== "type" && name !== "$schema");
}

import type * as z from "#zod";
import { ownField } from "./own-field.ts";

type Schema = z.core.$ZodType;

/** The schema and the value at a path. */
export interface SchemaPlace {
  schema: Schema | undefined;
  /** `undefined` where nothing stands there. */
  value: unknown;
}

/** Follows a path through a schema and the value that it checks; where the path leaves the schema, there is none. */
export function schemaPlace(schema: Schema, value: unknown, path: readonly PropertyKey[]): SchemaPlace {
  let place: SchemaPlace = { schema, value };
  for (const step of path) {
    place = {
      schema: place.schema && inside(place.schema, place.value, step),
      value: ownField(place.value, step),
    };
  }
  return { ...place, schema: place.schema && bare(place.schema, place.value) };
}

/** The names of the fields that an object may have, by its schema. */
export function knownFields(schema: Schema | undefined): string[] {
  return schema && isObject(schema) ? Object.keys(schema._zod.def.shape) : [];
}

function inside(schema: Schema, value: unknown, step: PropertyKey): Schema | undefined {
  const own = bare(schema, value);
  if (isObject(own))
    return Object.hasOwn(own._zod.def.shape, step) ? own._zod.def.shape[String(step)] : undefined;
  if (isArray(own)) return own._zod.def.element;
  if (isRecord(own)) return own._zod.def.valueType;
  return undefined;
}

/** What a schema wraps: of an optional one the inner, of a pipe its end, of a union the one for the value's type. */
function bare(schema: Schema, value: unknown): Schema {
  if (isOptional(schema)) return bare(schema._zod.def.innerType, value);
  if (isPipe(schema)) return bare(schema._zod.def.out, value);
  if (!isUnion(schema)) return schema;
  const type = ownField(value, "type");
  const named = schema._zod.def.options.find((option) => option._zod.propValues?.type?.has(type as string));
  return named ?? schema;
}

function isOptional(schema: Schema): schema is z.core.$ZodOptional<Schema> {
  return schema._zod.def.type === "optional";
}

function isPipe(schema: Schema): schema is z.core.$ZodPipe<Schema, Schema> {
  return schema._zod.def.type === "pipe";
}

function isUnion(schema: Schema): schema is z.core.$ZodUnion<readonly Schema[]> {
  return schema._zod.def.type === "union";
}

function isObject(schema: Schema): schema is z.core.$ZodObject {
  return schema._zod.def.type === "object";
}

function isArray(schema: Schema): schema is z.core.$ZodArray<Schema> {
  return schema._zod.def.type === "array";
}

function isRecord(schema: Schema): schema is z.core.$ZodRecord {
  return schema._zod.def.type === "record";
}

import * as z from "zod/mini";
import { contentSchema, messageSchema } from "../schemas.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

const schemas = { content: contentSchema, message: messageSchema };

/** What `validate` refuses and JSON Schema has no words for. */
const comment =
  "Beyond this schema: values of choices and payloads of postbacks are unique; lengths count UTF-16 code units; " +
  "text is well-formed Unicode; a URL can be parsed, names its host in the plain form and holds no invisible " +
  "characters; an instant is on a day of the calendar, and `expiresAt` after `sendAt`.";

/**
 * The JSON Schema (draft 2020-12) of a content or a message, for editors and other languages. At its root a file may
 * name its schema with `$schema`, which is no part of the message.
 */
export function jsonSchema(name: keyof typeof schemas): JsonSchema {
  const { $defs, ...head } = z.toJSONSchema(schemas[name]);
  return { ...head, $comment: comment, $defs: withSchemaField($defs ?? {}, definitionName(head)) };
}

function withSchemaField(definitions: Record<string, JsonSchema>, name: string): Record<string, JsonSchema> {
  const roots = new Set([name, ...(definitions[name]?.oneOf ?? []).map(definitionName)]);
  const changed = Object.entries(definitions).map(([key, definition]) => {
    if (!roots.has(key) || !definition.properties) return [key, definition];
    const $schema = { type: "string", description: "The schema that an editor completes this file by." };
    return [key, { ...definition, properties: { $schema, ...definition.properties } }];
  });
  return Object.fromEntries(changed);
}

function definitionName({ $ref = "" }: JsonSchema): string {
  return $ref.slice($ref.lastIndexOf("/") + 1);
}

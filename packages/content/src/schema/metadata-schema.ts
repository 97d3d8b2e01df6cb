import * as z from "#zod";
import { limits } from "../limits.ts";
import { count, customIssue, described, text } from "./schema-parts.ts";
import { textPattern } from "./text-rules.ts";

/** The schema of what the sender puts beside a content. */
export function metadataSchema() {
  const value = text("A text.", { maxLength: limits.metadataValue, mayBeEmpty: true });
  const key = text("A name.", { maxLength: limits.metadataKey });
  const entries = z.record(key, value).check(count({ max: limits.metadataEntries }));
  // A record's schema passes over the name `__proto__` in silence, so it is refused before.
  const schema = z.pipe(z.transform(withoutPrototype), entries);
  return described(schema, {
    id: "Metadata",
    title: "Metadata",
    description: "Names and texts of the sender's own, echoed in status, history and events.",
    maxProperties: limits.metadataEntries,
    propertyNames: {
      minLength: 1,
      maxLength: limits.metadataKey,
      pattern: textPattern,
      not: { const: "__proto__" },
    },
  });
}

function withoutPrototype(value: unknown, { issues }: z.core.ParsePayload): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    issues.push(
      customIssue(value, ["__proto__"], "is not a name to use", { fix: "Give the entry another name." }),
    );
  }
  return value;
}

import type { ErrorDetail } from "@quickcard/client";
import { type core, safeParse } from "zod";
import { ApiError, type ApiErrorCode } from "./api-error.ts";
import { toJsonPointer } from "./json-pointer.ts";

/** How many of a body's faults one answer lists. */
const maxDetails = 100;

/**
 * Reads a value by a schema. `where` is empty for a body, `query` for parameters.
 *
 * @throws ApiError with one detail for each fault.
 */
export function parseWith<Schema extends core.$ZodType>(
  schema: Schema,
  value: unknown,
  where: "" | "query" = "",
): core.output<Schema> {
  const result = safeParse(schema, value, { error: inOurWords });
  if (result.success) return result.data;
  throw refusalOf(
    result.error.issues.slice(0, maxDetails).flatMap((issue) => detailsOf(issue, value, where)),
  );
}

/** The answer to a body with these faults: its code is the one that matters most. */
export function refusalOf(details: ErrorDetail[]): ApiError {
  const order: ApiErrorCode[] = ["invalid.content.type", "required.fields.missing", "invalid.value"];
  const code = order.find((candidate) => details.some((detail) => detail.errorCode === candidate));
  const first = details.find((detail) => detail.errorCode === code) ?? details[0];
  const rest = details.length > 1 ? ` (and ${details.length - 1} more, see details)` : "";
  return new ApiError(code ?? "bad.request", `${first?.message ?? "The request is not valid."}${rest}`, {
    details,
  });
}

const nouns: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
  record: "an object",
};

/** Where a schema has no words of its own. Those of schemas follow the name of the field too: "must be …". */
function inOurWords(issue: core.$ZodRawIssue): string {
  if (issue.code === "invalid_type") return `must be ${nouns[issue.expected] ?? issue.expected}`;
  if (issue.code === "too_small") return `must be at least ${issue.minimum}`;
  if (issue.code !== "too_big") return "is not valid";
  return issue.origin === "string"
    ? `must have at most ${issue.maximum} characters`
    : `must be at most ${issue.maximum}`;
}

function detailsOf(issue: core.$ZodIssue, value: unknown, where: "" | "query"): ErrorDetail[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const { name, fieldName } = placeOf([...issue.path, key], where);
      const message = `${name} is not known. Remove it or check its spelling.`;
      return { errorCode: "bad.request", fieldName, message };
    });
  }
  const { name, fieldName } = placeOf(issue.path, where);
  if (issue.path.length > 0 && valueAt(value, issue.path) === undefined) {
    return [{ errorCode: "required.fields.missing", fieldName, message: `${name} is missing.` }];
  }
  return [{ errorCode: "invalid.value", fieldName, message: `${name} ${issue.message}.` }];
}

/** Where a fault lies: as a sentence names it, and as a program finds it. */
function placeOf(path: PropertyKey[], where: "" | "query"): { name: string; fieldName: string } {
  if (where === "query") return { name: `The parameter ${path.join(".")}`, fieldName: path.join(".") };
  const pointer = toJsonPointer(path);
  return { name: pointer || "The body", fieldName: pointer };
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
}

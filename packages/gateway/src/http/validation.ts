import type { ErrorDetail } from "@quickcard/client";
import type { z } from "zod";
import { ApiError, type ApiErrorCode } from "./api-error.ts";

/** How many of a body's faults one answer lists. */
const maxDetails = 100;

/**
 * Reads a value by a schema. `where` stands before each pointer: empty for a body, `query` or `path` for parameters.
 *
 * @throws ApiError with one detail for each fault.
 */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: "" | "query" | "path" = "",
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refusalOf(result.error.issues.slice(0, maxDetails).flatMap((issue) => detailsOf(issue, where)));
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

function detailsOf(issue: z.core.$ZodIssue, where: string): ErrorDetail[] {
  const pointer = where || toPointer(issue.path);
  const name = where ? `${where} parameter ${issue.path.join(".")}` : pointer || "The body";
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      errorCode: "invalid.value",
      fieldName: where ? key : toPointer([...issue.path, key]),
      message: `${where ? `${where} parameter` : "field"} is not known. Remove it or check its spelling.`,
    }));
  }
  const missing =
    issue.code === "invalid_type" && issue.input === undefined && issue.message.includes("undefined");
  const message = missing ? `${name} is missing.` : `${name}: ${issue.message}.`;
  return [
    {
      errorCode: missing ? "required.fields.missing" : "invalid.value",
      fieldName: where ? issue.path.join(".") : pointer,
      message,
    },
  ];
}

function toPointer(path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

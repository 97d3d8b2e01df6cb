import { limits } from "../limits.ts";
import { type BodyFault, findFaults } from "../wire/find-faults.ts";
import type { ModelName } from "../wire/models.ts";
import { ApiError } from "./api-error.ts";
import type { Route } from "./route.ts";

/** Parses a body and compares it with the model of its route. @throws ApiError in the platform's words. */
export function parseBody(body: Route["body"], text: string, contentType: string | undefined): unknown {
  if (body === undefined) return undefined;
  if (contentType !== undefined && !/\bjson\b/i.test(contentType))
    throw new ApiError("unsupported.media.type", "The body must be application/json.");
  const value = parseJson(text);
  const faults = faultsOf(body, value);
  const [first] = faults;
  if (first === undefined) return value;
  throw new ApiError(first.code, faults.map(({ message }) => message).join(", "));
}

function faultsOf(body: NonNullable<Route["body"]>, value: unknown): BodyFault[] {
  if (!isList(body)) return findFaults(body, value);
  if (!Array.isArray(value)) return [{ code: "bad.request", at: "", message: "body should be array" }];
  if (body !== "strings") return value.flatMap((item) => findFaults(body.slice(0, -2) as ModelName, item));
  return value.every((item) => typeof item === "string")
    ? []
    : [{ code: "bad.request", at: "", message: "body should be an array of strings" }];
}

function isList(body: NonNullable<Route["body"]>): body is Exclude<NonNullable<Route["body"]>, ModelName> {
  return body === "strings" || body.endsWith("[]");
}

/** Parses JSON of bounded depth. @throws ApiError */
export function parseJson(text: string): unknown {
  if (isTooDeep(text))
    throw new ApiError("bad.request", "The body is nested deeper than {limit} levels.", {
      limit: String(limits.bodyDepth.value),
    });
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("bad.request", "The body is not valid JSON.");
  }
}

const stringOrBracket = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]/g;

/** Counts brackets outside strings before anything is built of them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(stringOrBracket)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth > limits.bodyDepth.value) return true;
  }
  return false;
}

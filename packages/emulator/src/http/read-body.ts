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
  const value = text === "" ? emptyBody(body) : parseJson(text);
  const faults = faultsOf(body, value);
  const [first] = faults;
  if (first === undefined) return value;
  throw new ApiError(first.code, faults.map(({ message }) => message).join(", "));
}

/** No body is one that says nothing: some operations may do without. */
function emptyBody(body: NonNullable<Route["body"]>): unknown {
  return isList(body) ? [] : {};
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

const quote = 0x22;
const backslash = 0x5c;

/** Counts brackets outside strings before anything is built of them. By character: a pattern costs as much as the parsing. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else depth += depthOf[code] ?? 0;
    if (depth > limits.bodyDepth.value) return true;
  }
  return false;
}

/** What the characters `[`, `{`, `]` and `}` add to the depth. */
const depthOf: Readonly<Record<number, number>> = { 91: 1, 123: 1, 93: -1, 125: -1 };

/** Where the string that begins at an index has its closing quote; the text's end, where it has none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return text.length;
}

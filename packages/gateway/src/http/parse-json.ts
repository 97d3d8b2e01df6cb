import { findJsonFault } from "@quickcard/content/json-fault";
import { ApiError } from "./api-error.ts";
import { toJsonPointer } from "./json-pointer.ts";

/** How deeply objects and arrays may lie in one another. The deepest of our own bodies has 7 levels. */
const maxJsonDepth = 32;

/**
 * Parses a body that came from outside.
 *
 * @throws ApiError `bad.request` for what is not JSON, is nested too deeply, or holds a string that cannot be stored
 * (NUL or half of a surrogate pair).
 */
export function parseJson(text: string): unknown {
  if (exceedsDepth(text, maxJsonDepth)) {
    throw new ApiError("bad.request", `The JSON is nested more than ${maxJsonDepth} levels deep.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ApiError("bad.request", notJson(text));
  }
  refuseBrokenStrings(value, "");
  return value;
}

/** What is wrong with a text that is not JSON. The parser's own words quote the text, which may be a customer's. */
function notJson(text: string): string {
  if (text.trim() === "") return "The body is empty. Send JSON.";
  if (text.startsWith("\ufeff")) return "The body begins with a byte order mark. Send JSON without one.";
  const fault = findJsonFault(text);
  const place =
    fault && ` at line ${fault.line}, column ${fault.column}, where ${fault.expected} should stand`;
  return `The body is not JSON${place ?? ""}.`;
}

const depthChange: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

/** Counts brackets outside strings, so that a hostile text costs one pass and no stack. */
function exceedsDepth(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (const [token] of text.matchAll(/\\.|["{}[\]]/gs)) {
    if (token === '"') inString = !inString;
    else if (!inString) depth += depthChange[token] ?? 0;
    if (depth > limit) return true;
  }
  return false;
}

function refuseBrokenStrings(value: unknown, pointer: string): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw brokenString(pointer, "holds the character NUL");
    if (!isWellFormed(value)) throw brokenString(pointer, "holds half of a surrogate pair");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      refuseBrokenStrings(key, pointer);
      refuseBrokenStrings(item, pointer + toJsonPointer([key]));
    }
  }
}

const loneSurrogate = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}

function brokenString(pointer: string, what: string): ApiError {
  const message = `A string ${what}, which cannot be stored or shown. Remove it.`;
  return new ApiError("bad.request", message, {
    details: [{ errorCode: "invalid.value", fieldName: pointer, message: `The text ${what}.` }],
  });
}

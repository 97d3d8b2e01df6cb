import type { Content, Issue } from "@quickcard/content";
import { validate } from "@quickcard/content/validate";

/** What a draft's text comes to. */
export type DraftReading =
  /** It can be sent. */
  | { state: "valid"; value: unknown; content: Content }
  /** It is JSON, and not yet a content. */
  | { state: "invalid"; value: unknown; issues: Issue[] }
  /** It is not yet JSON. */
  | { state: "not-json"; fault: string };

/** Reads the text of a draft. With `allowHttp`, as on a gateway that is tried out, `http:` addresses are valid. */
export function readDraft(text: string, { allowHttp }: { allowHttp: boolean }): DraftReading {
  let value: unknown;
  try {
    value = withoutSchema(JSON.parse(text));
  } catch (error) {
    return { state: "not-json", fault: error instanceof Error ? error.message : String(error) };
  }
  const result = validate(value, { allowHttp });
  return result.ok
    ? { state: "valid", value, content: result.content }
    : { state: "invalid", value, issues: result.issues };
}

/** The text of a draft, as people like to read it. */
export function draftText(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** `$schema` at the root is for editors; it is no part of the message. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "$schema"));
}

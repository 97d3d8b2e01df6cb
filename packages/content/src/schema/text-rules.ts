import type { Problem } from "../problems/problem.ts";

const loneSurrogate = /\p{Surrogate}/u;
const pathOrControl = /[/\\\p{Cc}]/u;

/** A pattern for JSON Schema: no NUL. */
export const textPattern = "^[^\\x00]*$";
/** A pattern for JSON Schema: a name without a path. */
export const filenamePattern = "^[^/\\\\\\x00-\\x1f\\x7f-\\x9f]*$";
const token = "[A-Za-z0-9!#$&^_.+'*`|~%-]+";
/** A media type with its parameters (RFC 9110, section 8.3.1). */
export const mimeTypePattern = `^${token}/${token}( *; *${token}=(${token}|"[^"\\\\\\x00-\\x1f]*"))*$`;

/** What makes a string unfit to be stored and sent: everything else is kept as it is. */
export function textProblem(value: string): Problem | undefined {
  if (value.includes("\0")) {
    return { message: "holds a NUL character", fix: "Leave out the character U+0000." };
  }
  if (loneSurrogate.test(value)) {
    return {
      message: "is not well-formed Unicode: it holds half of a surrogate pair",
      fix: "Send whole characters; a string that was cut has perhaps lost half of an emoji.",
    };
  }
  return undefined;
}

/** What makes a string unfit as the name of a file. */
export function filenameProblem(value: string): Problem | undefined {
  if (!pathOrControl.test(value)) return undefined;
  return {
    message: "holds a slash, a backslash or a control character",
    fix: 'Give the name alone, without a path, such as "invoice.pdf".',
  };
}

/** What makes a string unfit as a media type. */
export function mimeTypeProblem(value: string): Problem | undefined {
  if (new RegExp(mimeTypePattern).test(value)) return undefined;
  return { message: "is not a media type", fix: 'Give a type and a subtype, such as "application/pdf".' };
}

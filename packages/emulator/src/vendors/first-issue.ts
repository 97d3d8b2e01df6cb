import type { z } from "zod";

/** Where a body is wrong, in dotted form as vendors write it, and what is wrong there. */
export interface BodyIssue {
  path: string;
  message: string;
}

/** The fault to tell of: of a union's, that of the form which the body comes nearest to. */
export function firstIssue(error: z.core.$ZodError): BodyIssue {
  const [issue] = error.issues;
  return issue ? deepest(issue, []) : { path: "", message: "invalid" };
}

function deepest(issue: z.core.$ZodIssue, above: PropertyKey[]): BodyIssue {
  const path = [...above, ...issue.path];
  const forms = issue.code === "invalid_union" ? issue.errors : [];
  const nearest = forms
    .filter((form) => form.length > 0)
    .sort((one, other) => depthOf(other) - depthOf(one) || one.length - other.length)[0]?.[0];
  return nearest ? deepest(nearest, path) : { path: dotted(path), message: issue.message };
}

function depthOf(issues: z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

function dotted(path: PropertyKey[]): string {
  return path.reduce<string>(
    (before, key) =>
      typeof key === "number" ? `${before}[${key}]` : `${before}${before && "."}${String(key)}`,
    "",
  );
}

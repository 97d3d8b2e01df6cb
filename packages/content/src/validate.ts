import * as z from "#zod";
import type { Content } from "./content.ts";
import type { MessageBody } from "./message-body.ts";
import { plainCopy } from "./plain-copy.ts";
import { explainIssue } from "./problems/explain-issue.ts";
import type { Issue } from "./problems/issue.ts";
import { allowedSchemas } from "./schema/allowed-schemas.ts";
import type { UrlOptions } from "./schema/url-rules.ts";

/** The greatest number of issues that a check lists; the last one then says how many more there are. */
export const maxIssues = 100;

/** Which contents are valid. */
export type ValidateOptions = UrlOptions;

/** A value that is not valid, with everything that is wrong with it. */
export interface Invalid {
  ok: false;
  /** At least one. */
  issues: Issue[];
}

/**
 * Checks a content from outside and lists every issue at once. Takes any value, changes nothing, never throws; what
 * it gives back is a copy.
 */
export function validate(
  value: unknown,
  options: ValidateOptions = {},
): { ok: true; content: Content } | Invalid {
  const result = check(allowedSchemas(options).content, plainCopy(value));
  return result.ok ? { ok: true, content: result.data } : result;
}

/** Checks the whole body of a send, as `validate` does a content; pointers into the content begin with `/content`. */
export function validateMessage(
  value: unknown,
  options: ValidateOptions = {},
): { ok: true; message: MessageBody } | Invalid {
  const result = check(allowedSchemas(options).message, plainCopy(value));
  return result.ok ? { ok: true, message: result.data } : result;
}

function check<Data>(schema: z.ZodMiniType<Data>, copy: unknown): { ok: true; data: Data } | Invalid {
  const result = z.safeParse(schema, copy);
  if (result.success) return { ok: true, data: result.data };

  const issues: Issue[] = [];
  let count = 0;
  for (const issue of result.error.issues) {
    count += issue.code === "unrecognized_keys" ? issue.keys.length : 1;
    if (issues.length < maxIssues) issues.push(...explainIssue(issue, schema, copy));
  }
  return { ok: false, issues: shortened(issues, count) };
}

function shortened(issues: Issue[], count: number): Issue[] {
  if (count <= maxIssues) return issues;
  const listed = issues.slice(0, maxIssues - 1);
  const more = (count - listed.length).toLocaleString("en");
  return [
    ...listed,
    {
      pointer: "",
      code: "bad.request",
      message: `There are ${more} more issues`,
      fix: "Put these right first; the others are then listed.",
    },
  ];
}

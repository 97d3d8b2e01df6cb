import * as z from "#zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems/problem.ts";
import type { Repeat } from "./repeats.ts";
import { textPattern, textProblem } from "./text-rules.ts";
import { type UrlOptions, urlPattern, urlProblem } from "./url-rules.ts";

/** What editors and the OpenAPI document show of a schema, and what a fix quotes. */
export interface Description {
  /** The name in `$defs`: that of the TypeScript type. */
  id?: string;
  title?: string;
  /** One sentence. */
  description: string;
  [keyword: string]: unknown;
}

/** Says what a schema is for, where every tool that makes JSON Schema of it looks. */
export function described<Schema extends z.core.$ZodType>(schema: Schema, description: Description): Schema {
  z.globalRegistry.add(schema, description);
  return schema;
}

/** What was said of a schema. */
export function descriptionOf(schema: z.core.$ZodType | undefined): z.core.GlobalMeta {
  return (schema && z.globalRegistry.get(schema)) ?? {};
}

/** How a text is described and limited. */
export interface TextOptions {
  maxLength: number;
  /** Default: `false`. */
  mayBeEmpty?: boolean;
  /** What JSON Schema says of its form. Default: no NUL. */
  pattern?: string;
  /** A rule beside well-formed Unicode without NUL. */
  problem?: (value: string) => Problem | undefined;
  examples?: string[];
}

/** A text, by the rules for all texts and one of its own. */
export function text(description: string, options: TextOptions): z.ZodMiniString {
  const { maxLength, mayBeEmpty = false, pattern = textPattern, problem, examples } = options;
  const rules = z.check<string>(({ value, issues }) => {
    // Zod's own check of a length counts code points.
    if (value.length > maxLength) {
      issues.push({ code: "too_big", origin: "string", maximum: maxLength, input: value, continue: true });
    }
    const found = value === "" ? undefined : (textProblem(value) ?? problem?.(value));
    if (found) issues.push(customIssue(value, [], found.message, { fix: found.fix }));
  });
  const schema = z.string().check(...(mayBeEmpty ? [] : [z.minLength(1)]), rules);
  return described(schema, { description, maxLength, pattern, ...(examples && { examples }) });
}

/** A field that holds a URL, by the rules that the schemas were made with. */
export type UrlField = (description: string) => z.ZodMiniString;

/** A field that holds a URL. */
export function urlField(options: UrlOptions): UrlField {
  return (description) =>
    text(description, {
      maxLength: limits.url,
      pattern: urlPattern,
      problem: (value) => urlProblem(value, options),
    });
}

/** The field that holds what a picture shows. */
export function altText(): z.ZodMiniString {
  return text("What the picture shows, for those who cannot see it.", {
    maxLength: limits.altText,
    mayBeEmpty: true,
  });
}

/** The field that tells types apart. */
export function type<const Name extends string>(name: Name): z.ZodMiniLiteral<Name> {
  return described(z.literal(name), { description: `Always "${name}".` });
}

/** How many entries a list or metadata may have. */
export interface CountOptions {
  /** Default: 0. */
  min?: 0 | 1;
  max: number;
}

/**
 * Makes a wrong number of entries an issue of its schema. Zod's own checks of a length would leave the entries
 * of a long list unread.
 */
export function count({ min = 0, max }: CountOptions): z.core.$ZodCheck<unknown> {
  const check = ({ value, issues }: z.core.ParsePayload) => {
    if (typeof value !== "object" || value === null) return;
    const entries = Object.keys(value).length;
    const limit = { origin: Array.isArray(value) ? "array" : "record", input: value, continue: true };
    if (entries < min) issues.push({ code: "too_small", minimum: min, ...limit });
    if (entries > max) issues.push({ code: "too_big", maximum: max, ...limit });
  };
  return z.check<unknown>(check, { when: () => true });
}

/** A list, by its number of entries and what must be unique in it. */
export function list<Element extends z.core.$ZodType>(
  element: Element,
  description: string,
  options: CountOptions & { unique?: z.core.$ZodCheck<unknown> },
): z.ZodMiniArray<Element> {
  const checks = options.unique ? [count(options), options.unique] : [count(options)];
  const { min, max } = options;
  return described(z.array(element).check(...checks), {
    description,
    ...(min && { minItems: min }),
    maxItems: max,
  });
}

/** Makes each repeat in a value an issue of its schema, also when other parts of the value are wrong. */
export function unique(repeatsIn: (value: unknown) => Repeat[], fix: string): z.core.$ZodCheck<unknown> {
  const check = ({ value, issues }: z.core.ParsePayload) => {
    for (const { path, firstPath } of repeatsIn(value)) {
      issues.push(customIssue(value, path, "is not unique", { fix, repeatedPath: path, firstPath }));
    }
  };
  return z.check<unknown>(check, { when: () => true });
}

/** What an issue of a rule of ours carries beside its message. */
export interface RuleParams {
  fix: string;
  /** For a repeat: the end of its own path, and what stands there in the path of the first. */
  repeatedPath?: Repeat["path"];
  firstPath?: Repeat["firstPath"];
}

/** An issue of a rule of ours, at a path below the value. */
export function customIssue(input: unknown, path: Repeat["path"], message: string, params: RuleParams) {
  return { code: "custom" as const, input, path: [...path], message, params: { ...params }, continue: true };
}

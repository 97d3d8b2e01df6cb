import type * as z from "#zod";
import { descriptionOf, type RuleParams } from "../schema/schema-parts.ts";
import { knownFields, type SchemaPlace, schemaPlace } from "../schema/schema-place.ts";
import type { Issue } from "./issue.ts";
import { jsonPointer } from "./json-pointer.ts";
import { nearestName } from "./nearest-name.ts";
import { quoted } from "./quoted.ts";

type ZodIssue = z.core.$ZodIssue;
type Finding = Omit<Issue, "pointer">;

/** Where an issue stands and in what. */
interface Place extends SchemaPlace {
  /** What a message calls it, such as `"choices"`, `entry 2` or `the content`. */
  name: string;
  holder: SchemaPlace;
}

/** Says what a schema found, in the words of the API: what is wrong and what would be right. */
export function explainIssue(issue: ZodIssue, schema: z.core.$ZodType, root: unknown): Issue[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const holder = schemaPlace(schema, root, path);
    return issue.keys.map((key) => ({ pointer: jsonPointer([...path, key]), ...unknownField(key, holder) }));
  }
  const place: Place = {
    ...schemaPlace(schema, root, path),
    holder: schemaPlace(schema, root, path.slice(0, -1)),
    name: placeName(path, schema),
  };
  const nested = issue.code === "invalid_key" ? issue.issues : [issue];
  return nested.map((each) => ({ pointer: jsonPointer(path), ...finding(each, path, place) }));
}

function placeName(path: readonly PropertyKey[], schema: z.core.$ZodType): string {
  const last = path.at(-1);
  if (last === undefined) return `The ${descriptionOf(schema).title?.toLowerCase()}`;
  return typeof last === "number" ? `The entry at ${last}` : quoted(String(last));
}

function finding(issue: ZodIssue, path: readonly PropertyKey[], place: Place): Finding {
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, path, place);
    case "invalid_value":
      return wrongName(issue.values, place);
    case "invalid_union":
      return wrongName(("options" in issue && issue.options) || [], place);
    case "too_small":
      return tooSmall(issue, place);
    case "too_big":
      return tooBig(issue, place);
    case "custom":
      return brokenRule(issue, path, place);
    case "invalid_format":
    case "not_multiple_of":
    case "unrecognized_keys":
    case "invalid_key":
    case "invalid_element":
      return invalid(`${place.name} is not valid`, `Give another${meaning(place)}.`);
  }
}

function unknownField(key: string, holder: SchemaPlace): Finding {
  const known = knownFields(holder.schema);
  const suggestion = nearestName(key, known);
  const fix = suggestion
    ? `Did you mean "${suggestion}"? Known are ${listed(known)}.`
    : `Remove it. Known are ${listed(known)}.`;
  return {
    code: "bad.request",
    message: `Unknown field ${quoted(key)}`,
    fix,
    ...(suggestion && { suggestion }),
  };
}

function wrongType(expected: string, path: readonly PropertyKey[], place: Place): Finding {
  if (isMissing(path, place)) return missing(place);
  const { value, name } = place;
  const code = path.length === 0 ? "bad.request" : "invalid.value";
  if (typeof value === "symbol") {
    return {
      code,
      message: `${name} is ${value.description}, not plain data`,
      fix: "Give plain data, such as JSON can hold.",
    };
  }
  const right = kinds[expected] ?? expected;
  return {
    code,
    message: `${name} is ${kindOf(value)}, not ${right}`,
    fix: `Give ${right}${meaning(place)}.`,
  };
}

function isMissing(path: readonly PropertyKey[], place: Place): boolean {
  return place.value === undefined && typeof path.at(-1) === "string";
}

function missing(place: Place): Finding {
  return {
    code: "required.fields.missing",
    message: `${place.name} is missing`,
    fix: `Add ${place.name}${meaning(place)}.`,
  };
}

/** What a wrong name is called, by what holds it. */
const typeFindings: Record<string, { code: Issue["code"]; message: string; fix: string }> = {
  Content: {
    code: "invalid.content.type",
    message: "Invalid content type",
    fix: 'Set "type" to one of the allowed types.',
  },
  Action: {
    code: "invalid.value",
    message: "Invalid action type",
    fix: 'Set "type" to one of the allowed types.',
  },
  MessageBody: {
    code: "invalid.value",
    message: "Invalid message type",
    fix: 'Set "type" to "message"; the type of the content stands inside "content".',
  },
  DeliveryOptions: {
    code: "invalid.value",
    message: "Invalid delivery mode",
    fix: 'Set "mode" to one of the allowed modes.',
  },
  AdaptationOptions: {
    code: "invalid.value",
    message: "Invalid policy",
    fix: 'Set "policy" to one of the allowed policies.',
  },
};

function wrongName(allowed: readonly unknown[], place: Place): Finding {
  const { value, holder, name } = place;
  const { id = "" } = descriptionOf(holder.schema);
  const names = allowed.filter((name) => typeof name === "string");
  if (value === undefined) return { ...missing(place), fix: `Add ${name}: ${listed(names, "or")}.` };

  const { code, message, fix } =
    typeFindings[id] ?? invalid("Invalid type", `Set it to ${listed(names, "or")}.`);
  const suggestion = typeof value === "string" ? nearestName(value, names) : undefined;
  const shown = typeof value === "string" ? quoted(value) : `(${kindOf(value)})`;
  const hint = suggestion && names.length > 1 ? ` (did you mean "${suggestion}"?)` : "";
  return {
    code,
    message: `${message} ${shown}${hint}: allowed ${names.length > 1 ? "are" : "is"} ${listed(names)}`,
    fix: suggestion && names.length > 1 ? `Set ${name} to "${suggestion}".` : fix,
    ...(suggestion && { suggestion }),
  };
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall, place: Place): Finding {
  const { name } = place;
  if (origin === "string") return invalid(`${name} is empty`, `Write something${meaning(place)}.`);
  if (origin === "array")
    return invalid(`${name} has no entry`, `Give at least ${minimum}${meaning(place)}.`);
  return invalid(`${name} is below ${minimum}`, `Give ${minimum} or more${meaning(place)}.`);
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, place: Place): Finding {
  const { name } = place;
  const limit = maximum.toLocaleString("en");
  if (origin === "number")
    return invalid(`${name} is above ${limit}`, `Give ${limit} or less${meaning(place)}.`);
  if (origin !== "string")
    return invalid(`${name} has more than ${limit} entries`, `Give ${limit} or fewer.`);
  return invalid(
    `${name} is longer than ${limit} characters`,
    `Shorten it to ${limit} characters (UTF-16 code units) or fewer.`,
  );
}

function brokenRule(issue: z.core.$ZodIssueCustom, path: readonly PropertyKey[], place: Place): Finding {
  const { fix, repeatedPath, firstPath } = issue.params as RuleParams;
  if (!repeatedPath || !firstPath) return invalid(`${place.name} ${issue.message}`, fix);
  const first = jsonPointer([...path.slice(0, -repeatedPath.length), ...firstPath]);
  return invalid(`${place.name} is the same as ${first}, but must be unique`, fix);
}

function invalid(message: string, fix: string): Finding {
  return { code: "invalid.value", message, fix };
}

/** What a field is for, to end a fix with. */
function meaning({ schema }: Place): string {
  const { description = "" } = descriptionOf(schema);
  const phrase = description.replace(/\.$/, "");
  return phrase ? `: ${phrase.charAt(0).toLowerCase()}${phrase.slice(1)}` : "";
}

const kinds: Readonly<Record<string, string>> = {
  array: "an array",
  object: "an object",
  record: "an object",
  number: "a finite number",
  string: "a string",
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  return kinds[typeof value] ?? `a ${typeof value}`;
}

function listed(names: readonly string[], last = "and"): string {
  const shown = names.map((name) => `"${name}"`);
  const end = shown.pop() ?? "";
  return shown.length > 0 ? `${shown.join(", ")} ${last} ${end}` : end;
}

import { readFileSync } from "node:fs";
import { validate, validateMessage } from "@quickcard/content";
import { describe, expect, test } from "vitest";

interface Schema {
  $ref?: string;
  type?: string;
  const?: string;
  enum?: string[];
  description?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  items?: Schema;
  oneOf?: Schema[];
  propertyNames?: Schema;
  additionalProperties?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

const reference = read("../../../docs/reference/content.md");
const { $defs } = JSON.parse(read("../schema/message.schema.json")) as { $defs: Record<string, Schema> };
const contentTypes = ($defs.Content?.oneOf ?? []).map(headingOf);
const count = new Intl.NumberFormat("en");

function nameOf({ $ref = "" }: Schema): string {
  return $ref.split("/").at(-1) ?? "";
}

/** The heading that an object has in the reference: its type, or else its name. */
function headingOf(reference: Schema): string {
  const name = nameOf(reference);
  if (name === "Card") return "card-body";
  return $defs[name]?.properties?.type?.const ?? name.replace(/(?<=[a-z])[A-Z]/g, "-$&").toLowerCase();
}

/** The table of an object's fields, as the reference shows it. */
function tableOf({ properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties)
    .filter(([name]) => name !== "$schema")
    .map(([name, field]) => {
      const resolved = field.$ref ? { ...$defs[nameOf(field)], ...field } : field;
      const cells = [
        `\`${name}\``,
        required.includes(name) ? "yes" : "",
        kindOf(field),
        resolved.description,
      ];
      return `| ${cells.join(" | ")} |`;
    });
  return ["| field | required | value | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function kindOf(field: Schema): string {
  if (field.const) return `\`"${field.const}"\``;
  if (field.enum) return field.enum.map((name) => `\`"${name}"\``).join(", ");
  if (field.$ref) return `[${headingOf(field)}](#${headingOf(field)})`;
  if (field.items?.type === "string")
    return `${field.minItems ?? 0} to ${field.maxItems} times ${kindOf(field.items)}`;
  if (field.items)
    return `${field.minItems ?? 0} to ${field.maxItems} of [${headingOf(field.items)}](#${headingOf(field.items)})`;
  if (field.type === "number") return `number, ${field.minimum} to ${field.maximum}`;
  if (field.pattern?.includes("T([01]")) return "instant, ISO 8601";
  const kind = field.pattern?.includes("[Hh][Tt]") ? "`https:` URL" : "text";
  return `${kind}, ${field.minLength ?? 0} to ${count.format(field.maxLength ?? 0)}`;
}

/** The part of the reference below a heading. */
function section(heading: string): string {
  const [, below = ""] = reference.split(new RegExp(`^##+ ${heading}$`, "m"));
  return below.split(/^##/m)[0] ?? "";
}

const objects = Object.entries($defs).filter(([, definition]) => definition.properties);

test.each(objects)("shows the fields and limits of %s as they are", (name, definition) => {
  expect(section(headingOf({ $ref: name }))).toContain(`${tableOf(definition)}\n\n`);
});

test("shows the limits of metadata as they are", () => {
  const { maxProperties, propertyNames, additionalProperties } = $defs.Metadata ?? {};

  expect(section("metadata")).toContain(
    `At most ${maxProperties} entries; names of ${propertyNames?.minLength} to ${propertyNames?.maxLength} characters, texts of up to ${count.format(additionalProperties?.maxLength ?? 0)}.`,
  );
});

describe("its examples", () => {
  const examplesOf = (name: string) =>
    [...section(name).matchAll(/^```json\n(.*?)^```/gms)].map(([, json]) => JSON.parse(json ?? ""));

  test.each(contentTypes)("of %s are valid", (name) => {
    const examples = examplesOf(name);

    expect(examples.map(({ type }) => type)).toContain(name);
    for (const example of examples) expect(validate(example)).toEqual({ ok: true, content: example });
  });

  test("of a message are valid", () => {
    const [example] = examplesOf("message");

    expect(validateMessage(example)).toEqual({ ok: true, message: example });
  });

  test("of issues are what a check finds", () => {
    const [value, found] = examplesOf("Issues");

    expect(validateMessage(value)).toEqual({ ok: false, issues: found });
  });
});

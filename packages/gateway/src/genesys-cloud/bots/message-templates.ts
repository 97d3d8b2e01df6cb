import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Content, validate } from "@quickcard/content";
import { OptionError } from "../../gateway-error.ts";

/** A message that a flow can ask for by name. Its texts may hold variables: `{{name}}`. */
export interface MessageTemplate {
  name: string;
  content: Content;
}

/** Files are named after what a flow asks for. */
const nameForm = /^[A-Za-z0-9_.-]{1,64}$/;

const variableForm = /\{\{\s*([A-Za-z0-9_.-]{1,64})\s*\}\}/g;

/** How many templates there can be: each is an intent of the bot, of which the platform takes 50. */
const mostTemplates = 50;

/**
 * Reads templates from a folder: each `.json` file is a message's content.
 *
 * @throws OptionError naming the file and what is wrong.
 */
export function readTemplates(directory: string, options: { allowHttp: boolean }): MessageTemplate[] {
  const files = listFiles(directory);
  if (files.length > mostTemplates) {
    throw new OptionError(
      `There are ${files.length} templates; Genesys Cloud takes ${mostTemplates}.`,
      "Move some to another folder.",
    );
  }
  return files.map((file) => readTemplate(join(directory, file), options));
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (cause) {
    throw new OptionError(
      `The folder of templates ${directory} cannot be read.`,
      "Name a folder with .json files.",
      {
        cause,
      },
    );
  }
}

function readTemplate(path: string, options: { allowHttp: boolean }): MessageTemplate {
  const name = basename(path, ".json");
  if (!nameForm.test(name)) {
    throw new OptionError(
      `The template ${path} has a name that no flow can ask for.`,
      "Use letters, digits, _ . and -.",
    );
  }
  const value = readJson(path);
  // Variables stand where URLs have to be: a sample fills them for the check.
  const result = validate(
    fill(value, () => "https://example.com/x"),
    options,
  );
  if (!result.ok) {
    const [issue] = result.issues;
    throw new OptionError(
      `The template ${path} is wrong at ${issue?.pointer}: ${issue?.message}`,
      issue?.fix ?? "",
    );
  }
  return { name, content: value as Content };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new OptionError(
      `The template ${path} is no JSON.`,
      "Write one message's content, as docs/reference/content.md shows.",
      {
        cause,
      },
    );
  }
}

/** What filling a template came to. */
export type FilledTemplate = { ok: true; content: Content } | { ok: false; reason: string };

/** Puts values in place of variables; each must be given, and the result be a message. */
export function fillTemplate(
  { name, content }: MessageTemplate,
  values: Readonly<Record<string, string>>,
  options: { allowHttp: boolean },
): FilledTemplate {
  const missing = new Set<string>();
  const filled = fill(content, (variable) => {
    if (Object.hasOwn(values, variable)) return values[variable] ?? "";
    missing.add(variable);
    return "";
  });
  if (missing.size > 0) {
    return { ok: false, reason: `The template ${name} needs the parameters ${[...missing].join(", ")}.` };
  }
  const result = validate(filled, options);
  if (result.ok) return { ok: true, content: result.content };
  const [issue] = result.issues;
  return {
    ok: false,
    reason: `Filled in, the template ${name} is wrong at ${issue?.pointer}: ${issue?.message}`,
  };
}

function fill(value: unknown, lookUp: (variable: string) => string): unknown {
  if (typeof value === "string")
    return value.replaceAll(variableForm, (_, variable: string) => lookUp(variable));
  if (Array.isArray(value)) return value.map((item) => fill(item, lookUp));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, lookUp)]));
}

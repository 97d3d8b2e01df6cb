import { RowFault } from "./row.ts";

/** Makes a row's message from its columns. */
export type MessageTemplate = (columns: Readonly<Record<string, string>>) => unknown;

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** A message in whose texts `{{name}}` stands for the column of that name. What a column holds stays text: it cannot add fields. */
export function messageTemplate(template: unknown): MessageTemplate {
  return (columns) => fill(template, columns);
}

function fill(value: unknown, columns: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string")
    return value.replaceAll(placeholder, (_, name: string) => columnOf(columns, name));
  if (Array.isArray(value)) return value.map((item) => fill(item, columns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, columns)]));
}

function columnOf(columns: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (value !== undefined) return value;
  throw new RowFault(`the template names {{${name}}}, and there is no such column`);
}

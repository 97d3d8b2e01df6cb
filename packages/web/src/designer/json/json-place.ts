import type { SyntaxNode, Tree } from "@lezer/common";

/** Where in a JSON text something stands that is being written. */
export interface JsonPlace {
  /** The names and indexes that lead to it. */
  path: (string | number)[];
  /** Whether the name of a field is being written there, or a value. */
  writes: "name" | "value";
  /** Where what is being written begins, quotes and all. */
  from: number;
  to: number;
  /** The names that stand beside it already. */
  siblings: string[];
}

/** Finds out what is being written at a position; the text may well be unfinished. */
export function placeAt(tree: Tree, text: string, position: number): JsonPlace | undefined {
  const node = tree.resolveInner(position, -1);
  const token = isToken(node) ? node : undefined;
  const range = token
    ? { from: token.from, to: Math.max(token.to, position) }
    : { from: position, to: position };
  if (token?.name === "PropertyName") {
    const object = closest(token, "Object");
    return (
      object && {
        ...range,
        path: pathTo(object, text),
        writes: "name",
        siblings: namesIn(object, text, token),
      }
    );
  }
  const property = closest(token ?? node, "Property", "Object", "Array");
  if (property?.name === "Property") {
    if (!text.slice(property.from, position).includes(":")) return undefined;
    return { ...range, path: pathTo(property, text), writes: "value", siblings: [] };
  }
  if (property?.name === "Object") {
    return { ...range, path: pathTo(property, text), writes: "name", siblings: namesIn(property, text) };
  }
  if (property?.name === "Array") {
    const index = children(property)
      .filter(({ to }) => to < range.from)
      .filter(isValue).length;
    return { ...range, path: [...pathTo(property, text), index], writes: "value", siblings: [] };
  }
  return { ...range, path: [], writes: "value", siblings: [] };
}

/** Where the value is that a JSON pointer names, or the nearest one around it. */
export function rangeOf(tree: Tree, text: string, steps: readonly string[]): { from: number; to: number } {
  let node = tree.topNode.firstChild ?? tree.topNode;
  for (const step of steps) {
    const next =
      node.name === "Object" ? fieldOf(node, text, step) : children(node).filter(isValue)[Number(step)];
    if (!next) break;
    node = next;
  }
  return { from: node.from, to: node.to };
}

const valueNames = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

function isValue({ name }: SyntaxNode): boolean {
  return valueNames.has(name);
}

function isToken({ name }: SyntaxNode): boolean {
  return name === "PropertyName" || name === "String" || name === "Number";
}

function closest(node: SyntaxNode, ...names: string[]): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (names.includes(at.name)) return at;
  return undefined;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let at = node.firstChild; at; at = at.nextSibling) found.push(at);
  return found;
}

function nameOf(property: SyntaxNode, text: string): string {
  const name = property.getChild("PropertyName");
  return name ? unquoted(text.slice(name.from, name.to)) : "";
}

function unquoted(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.replace(/^"|"$/g, "");
  }
}

function namesIn(object: SyntaxNode, text: string, except?: SyntaxNode): string[] {
  return children(object)
    .filter((child) => child.name === "Property" && child.from !== except?.parent?.from)
    .map((property) => nameOf(property, text));
}

function fieldOf(object: SyntaxNode, text: string, name: string): SyntaxNode | undefined {
  const property = children(object).find(
    (child) => child.name === "Property" && nameOf(child, text) === name,
  );
  return property && (children(property).find(isValue) ?? property);
}

function pathTo(node: SyntaxNode, text: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === "Property") path.unshift(nameOf(at, text));
    else if (at.parent?.name === "Array") path.unshift(indexIn(at.parent, at));
  }
  return path;
}

function indexIn(array: SyntaxNode, item: SyntaxNode): number {
  return children(array)
    .filter(isValue)
    .findIndex(({ from }) => from === item.from);
}

import { isObject } from "../is-object.ts";

/** Steps from the root of a JSON value to a place in it. */
export type JsonPath = readonly (string | number)[];

/** The JSON pointer (RFC 6901) of a path. */
export function pointerOf(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The steps of a JSON pointer, as written: an index of an array is told by the value that it leads through. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A copy of a value with another one at a path; `undefined` takes away what is there. */
export function withValueAt(root: unknown, path: JsonPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root)) {
    const index = Number(step);
    const changed = withValueAt(root[index], rest, value);
    return changed === undefined ? root.toSpliced(index, 1) : root.with(index, changed);
  }
  const { [step]: inner, ...others } = isObject(root) ? root : {};
  const changed = withValueAt(inner, rest, value);
  if (changed === undefined) return others;
  return isObject(root) && step in root ? { ...root, [step]: changed } : { ...others, [step]: changed };
}

/** A copy of a list in which an item has changed places. */
export function withItemMoved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(to, 0, ...items.slice(from, from + 1));
}

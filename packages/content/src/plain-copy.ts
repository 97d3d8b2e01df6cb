import { limits } from "./limits.ts";

/** One more than any list of a message may have, so that a longer one is still seen to be too long. */
const maxElements = Math.max(limits.choices, limits.cards, limits.actions) + 1;
const maxFields = 1_000;

/** Stands in a copy for what JSON cannot hold; its description says what was there. */
type Unplain = symbol;

const foreignSymbol: Unplain = Symbol("a symbol");
const classInstance: Unplain = Symbol("an object of a class");
const getter: Unplain = Symbol("a getter");
const unreadable: Unplain = Symbol("an object that cannot be read");
const tooManyFields: Unplain = Symbol(`an object of more than ${maxFields.toLocaleString("en")} fields`);

const unplain: ReadonlySet<Unplain> = new Set([
  foreignSymbol,
  classInstance,
  getter,
  unreadable,
  tooManyFields,
]);

/**
 * A copy of a value from outside that holds plain data alone and can be read without running foreign code:
 * objects without a prototype, arrays without holes, primitives, and a symbol where something else was. Like
 * `JSON.stringify` it leaves out fields that are `undefined`, not enumerable or named by a symbol. The end of an
 * overlong array is left out. The work is linear in the size of the value, however deep or cyclic it is.
 */
export function plainCopy(value: unknown): unknown {
  const copies = new Map<object, unknown>();
  const pending: { original: object; copy: object }[] = [];

  const copyOf = (original: unknown): unknown => {
    if (typeof original === "symbol") return unplain.has(original) ? original : foreignSymbol;
    if (typeof original !== "object" || original === null) return original;
    if (!copies.has(original)) {
      const copy = emptyCopy(original);
      copies.set(original, copy);
      if (typeof copy === "object") pending.push({ original, copy });
    }
    return copies.get(original);
  };

  const root = copyOf(value);
  for (let next = pending.pop(); next; next = pending.pop()) fill(next.copy, next.original, copyOf);
  return root;
}

function emptyCopy(original: object): object | Unplain {
  try {
    if (Array.isArray(original)) return [];
    if (!isPlainObject(original)) return classInstance;
    return Object.keys(original).length > maxFields ? tooManyFields : Object.create(null);
  } catch {
    // A proxy can throw wherever it is touched.
    return unreadable;
  }
}

/** Also true of an object literal from another realm, such as a frame. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fill(copy: object, original: object, copyOf: (value: unknown) => unknown): void {
  const isArray = Array.isArray(copy);
  for (const key of isArray ? indexes(original) : ownKeys(original)) {
    const value = ownValue(original, key);
    // A copy has no prototype: even `__proto__` is a field like any other.
    if (value !== undefined || isArray) Reflect.set(copy, key, copyOf(value));
  }
}

function indexes(array: object): string[] {
  const length = ownValue(array, "length");
  const count = typeof length === "number" ? Math.min(length, maxElements) : 0;
  return Array.from({ length: count }, (_, index) => String(index));
}

function ownKeys(object: object): string[] {
  try {
    return Object.keys(object);
  } catch {
    return [];
  }
}

function ownValue(object: object, key: string): unknown {
  try {
    const property = Object.getOwnPropertyDescriptor(object, key);
    if (!property) return undefined;
    return "value" in property ? property.value : getter;
  } catch {
    return unreadable;
  }
}

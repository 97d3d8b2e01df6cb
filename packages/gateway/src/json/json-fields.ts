/** A look into JSON from outside, of which nothing is known: absent and of the wrong kind are the same. */
export interface JsonFields {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  /** Whether it is `true`. */
  flag(name: string): boolean;
  fields(name: string): JsonFields;
  list(name: string): JsonFields[];
  texts(name: string): string[];
}

/** Looks into a value, field by field, without taking anything of it for granted. */
export function jsonFields(value: unknown): JsonFields {
  const get = (name: string): unknown =>
    typeof value === "object" && value !== null && Object.hasOwn(value, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
  return {
    text(name) {
      const found = get(name);
      return typeof found === "string" ? found : undefined;
    },
    number(name) {
      const found = get(name);
      return typeof found === "number" && Number.isFinite(found) ? found : undefined;
    },
    flag: (name) => get(name) === true,
    fields: (name) => jsonFields(get(name)),
    list(name) {
      const found = get(name);
      return Array.isArray(found) ? found.map(jsonFields) : [];
    },
    texts(name) {
      const found = get(name);
      return Array.isArray(found) ? found.filter((one): one is string => typeof one === "string") : [];
    },
  };
}

/** `undefined` where the bytes are not JSON in UTF-8. */
export function parseJsonFields(body: Uint8Array): JsonFields | undefined {
  try {
    return jsonFields(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch {
    return undefined;
  }
}

type Present<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> };

/** An object without the fields that hold nothing. */
export function present<Value extends object>(value: Value): Present<Value> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Present<Value>;
}

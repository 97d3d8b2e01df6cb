/** The value of a field that an object or array has itself; `undefined` where there is none, or where the value has no fields. */
export function ownField(value: unknown, name: PropertyKey): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<PropertyKey, unknown>)[name];
}

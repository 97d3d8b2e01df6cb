const longestToken = 8192;

/** Whether a value can stand in a header after `Bearer`. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && value.length <= longestToken && /^[\x21-\x7e]+$/.test(value);
}

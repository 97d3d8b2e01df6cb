const visible = /[^\s\p{Cc}\p{Cf}\p{Z}]/u;

/** Whether there is nothing to see in a text. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

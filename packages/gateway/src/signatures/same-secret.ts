import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a text from outside is a secret, in a time that tells nothing of either, not even its length. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

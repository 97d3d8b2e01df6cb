import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether some bytes are the HMAC-SHA256 of a body by a secret. The comparison takes the same time wherever they differ. */
export function isHmacOf(body: Uint8Array, secret: string, given: Uint8Array): boolean {
  const expected = createHmac("sha256", secret).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

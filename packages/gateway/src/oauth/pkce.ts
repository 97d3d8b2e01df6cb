import { createHash, timingSafeEqual } from "node:crypto";

const verifierForm = /^[A-Za-z0-9\-._~]{43,128}$/;
const challengeForm = /^[A-Za-z0-9_-]{43}$/;

/** Whether a code challenge has the form of the method `S256` (RFC 7636, section 4.2). */
export function isCodeChallenge(challenge: string): boolean {
  return challengeForm.test(challenge);
}

/** Whether a verifier is the one that a challenge of the method `S256` was made from (RFC 7636, section 4.6). */
export function matchesChallenge(verifier: string, challenge: string): boolean {
  if (!verifierForm.test(verifier)) return false;
  const made = createHash("sha256").update(verifier, "ascii").digest("base64url");
  return made.length === challenge.length && timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}

const verifierBytes = 32;

/** A proof that whoever exchanges a code is the one who asked for it: RFC 7636, method `S256`. */
export interface Pkce {
  /** Kept back until the code is exchanged. */
  readonly verifier: string;
  /** Sent along when the code is asked for. */
  readonly challenge: string;
}

/** A new proof of 256 random bits. */
export async function createPkce(): Promise<Pkce> {
  const verifier = randomText();
  return { verifier, challenge: await challengeOf(verifier) };
}

/** The challenge of a verifier: RFC 7636 section 4.2. */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return base64Url(new Uint8Array(hash));
}

/** 256 random bits as 43 characters that can stand in a URL. */
export function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(verifierBytes)));
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

import { ConfigurationError } from "../errors/local-errors.ts";
import { readBase64 } from "./base64.ts";

const prefix = "whsec_";
/** Standard Webhooks 1.0: secrets have 24 to 64 bytes. */
const shortestSecret = 24;

const algorithm = { name: "HMAC", hash: "SHA-256" };

/** A secret's bytes: it is base64, with or without `whsec_` before it. @throws ConfigurationError */
export function secretBytes(secret: unknown): Uint8Array<ArrayBuffer> {
  if (typeof secret !== "string" || secret === "") throw secretError("is not set");
  const bytes = readBase64(secretText(secret));
  if (!bytes) throw secretError("is not base64");
  if (bytes.length < shortestSecret) throw secretError(`has less than ${shortestSecret} bytes`);
  return bytes;
}

/** A secret without `whsec_`. */
export function secretText(secret: string): string {
  return secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
}

/** Whether one of some signatures is that of the content. The comparison takes the same time wherever they differ. */
export async function isSigned(
  key: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["verify"]);
  const matches = signatures.map((signature) => crypto.subtle.verify("HMAC", imported, signature, content));
  return (await Promise.all(matches)).includes(true);
}

function secretError(fault: string): ConfigurationError {
  return new ConfigurationError({
    option: "secret",
    message: `The webhook's \`secret\` ${fault}`,
    fix: "Pass the signing secret as it was shown when the subscription was made: whsec_ and base64 after it.",
  });
}

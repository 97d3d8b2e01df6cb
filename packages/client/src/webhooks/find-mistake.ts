import { SignatureError } from "../errors/signature-error.ts";
import { isSigned, secretBytes, secretText } from "./signing-key.ts";

/** A webhook whose signature does not fit. */
export interface UnsignedWebhook {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly secrets: readonly string[];
  readonly signatures: readonly Uint8Array<ArrayBuffer>[];
  /** What is signed, for a body. */
  readonly contentOf: (body: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
}

/** Names the mistake behind a signature that does not fit, by trying those that are common. */
export async function findMistake(webhook: UnsignedWebhook): Promise<SignatureError> {
  const { body, secrets, signatures, contentOf } = webhook;
  const encode = (text: string) => new TextEncoder().encode(text);
  const fits = async (keys: Uint8Array<ArrayBuffer>[], contents: Uint8Array<ArrayBuffer>[]) => {
    const tries = keys.flatMap((key) => contents.map((content) => isSigned(key, content, signatures)));
    return (await Promise.all(tries)).includes(true);
  };
  const others = writtenDifferently(new TextDecoder().decode(body));
  if (
    await fits(
      secrets.map(secretBytes),
      others.map((text) => contentOf(encode(text))),
    )
  ) {
    return new SignatureError({
      reason: "body_changed",
      message: "The signature is that of the same body written differently: it was parsed and written again",
      fix: "Pass the bytes as they came: `await request.text()`, `express.raw()`, or an adapter of this package, before anything parses the body.",
    });
  }
  const texts = secrets.flatMap((secret) => [encode(secret), encode(secretText(secret))]);
  if (await fits(texts, [contentOf(body)])) {
    return new SignatureError({
      reason: "secret_not_decoded",
      message:
        "The signature was made with the text of the secret, not with the bytes that its base64 stands for",
      fix: "The sender must decode what follows whsec_ from base64, and use those bytes as the key.",
    });
  }
  return new SignatureError({
    reason: "no_match",
    message: `No signature of the webhook fits ${secrets.length === 1 ? "the secret" : `any of the ${secrets.length} secrets`}`,
    fix: "Check that the secret is that of this subscription (`quickcard subscriptions rotate` makes a new one), and that the body is passed as the bytes that came.",
  });
}

/** The same body, as other writers would write it. */
function writtenDifferently(text: string): string[] {
  const ended = [text.trim(), `${text}\n`];
  try {
    const value: unknown = JSON.parse(text);
    return [...ended, JSON.stringify(value), JSON.stringify(value, undefined, 2)];
  } catch {
    return ended;
  }
}

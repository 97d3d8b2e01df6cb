const longestText = 300;
/** Control characters, and those that turn the direction of text: a server's words must not rule a terminal. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** A server's text as it can stand in an error: on one line, of bounded length, without the secrets of the request. */
export function printable(text: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  const line = withoutSecrets.replace(unprintable, " ").trim();
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

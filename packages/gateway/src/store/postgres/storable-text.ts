/** Text as PostgreSQL can hold it: it knows neither NUL nor half a surrogate pair, which others may have put in. */
export function storableText(text: string): string {
  return Buffer.from(text).toString().replaceAll("\0", "\ufffd");
}

/**
 * The address of a page or a file, as a browser reads it; `undefined` for anything but `https:` and `http:`, for an
 * address with a name and password in it (`https://bank.example@evil.example`), and for one that is not absolute.
 * Which of the two schemes a message may hold, the gateway has decided.
 */
export function webUrl(text: unknown): URL | undefined {
  if (typeof text !== "string" || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" ? url : undefined;
}

import type { InboundMedia } from "@quickcard/client";

/** The kinds that customers send, by the ends of their names. */
const mimeByEnding: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  m4a: "audio/mp4",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  webp: "image/webp",
};

/** What a medium most likely is where nothing tells. */
const likeliestMime: Readonly<Record<InboundMedia["type"], string>> = {
  image: "image/jpeg",
  audio: "audio/mp4",
  video: "video/mp4",
  file: "application/octet-stream",
};

/** What a customer's medium is: as the channel tells it, by the end of its name, or most likely. */
export function mediaMimeType({ type, mimeType, filename, url = "" }: InboundMedia): string {
  // What follows it is for decoders, such as WhatsApp's `audio/ogg; codecs=opus`.
  if (mimeType) return mimeType.replace(/;.*/, "").trim();
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const endings = [filename, path].map((name = "") => name.split(".").at(-1)?.toLowerCase() ?? "");
  const known = endings.find((ending) => Object.hasOwn(mimeByEnding, ending));
  return (known && mimeByEnding[known]) ?? likeliestMime[type];
}

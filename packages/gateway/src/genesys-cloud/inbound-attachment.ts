import type { InboundMedia } from "@quickcard/client";
import type { OpenContentAttachment } from "@quickcard/client/genesys-cloud";

const mediaTypes = { image: "Image", audio: "Audio", video: "Video", file: "File" } as const;

/** The kinds that customers send, by the ends of their names: Genesys Cloud asks for one, and not every channel tells it. */
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

/** A customer's medium as Genesys Cloud fetches it; `undefined` where the channel has told no address of it. */
export function toInboundAttachment(media: InboundMedia): OpenContentAttachment | undefined {
  const { type, url, filename, caption } = media;
  if (url === undefined) return undefined;
  return {
    mediaType: mediaTypes[type],
    url,
    mime: mimeOf(media, url),
    ...(caption ? { text: caption } : {}),
    ...(filename ? { filename } : {}),
  };
}

function mimeOf({ type, mimeType, filename }: InboundMedia, url: string): string {
  // What follows it is for decoders, such as WhatsApp's `audio/ogg; codecs=opus`.
  if (mimeType) return mimeType.replace(/;.*/, "").trim();
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  const endings = [filename, path].map((name = "") => name.split(".").at(-1)?.toLowerCase() ?? "");
  const known = endings.find((ending) => Object.hasOwn(mimeByEnding, ending));
  return (known && mimeByEnding[known]) ?? likeliestMime[type];
}

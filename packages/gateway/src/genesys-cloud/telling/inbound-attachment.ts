import type { InboundMedia } from "@quickcard/client";
import type { OpenContentAttachment } from "@quickcard/client/genesys-cloud";
import { mediaMimeType } from "../../media/media-mime-type.ts";

const mediaTypes = { image: "Image", audio: "Audio", video: "Video", file: "File" } as const;

/** A customer's medium as Genesys Cloud fetches it; `undefined` where there is no address of it. */
export function toInboundAttachment(media: InboundMedia): OpenContentAttachment | undefined {
  const { type, url, filename, caption } = media;
  if (url === undefined) return undefined;
  return {
    mediaType: mediaTypes[type],
    url,
    mime: mediaMimeType(media),
    ...(caption ? { text: caption } : {}),
    ...(filename ? { filename } : {}),
  };
}

import type { InboundContent, InboundMedia } from "@quickcard/client";

const kinds: ReadonlySet<string> = new Set<InboundMedia["type"]>(["image", "audio", "video", "file"]);

/** Whether what a customer sent is a picture, a sound, a film or a file. */
export function isMedia(content: InboundContent): content is InboundMedia {
  return kinds.has(content.type);
}

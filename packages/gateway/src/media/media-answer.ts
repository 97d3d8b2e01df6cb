import type { Readable } from "node:stream";
import type { InboundMedia } from "@quickcard/client";
import type { ChannelMedia } from "../channels/channel-media.ts";
import { mediaMimeType } from "./media-mime-type.ts";

/** The longest medium that is given out: Genesys Cloud takes none over 25 MB. */
export const maxMediaBytes = 25 * 1024 * 1024;

/** What a browser shows as it is. All else it keeps as a file, so that nothing a customer sent runs as a page of ours. */
const isShown = /^(image\/(gif|jpeg|png|webp)|(audio|video)\/[\w.+-]+)$/;

/** The answer that carries a medium. Who looks again soon does not ask the channel again. */
export function mediaAnswer(content: InboundMedia, { bytes, mimeType, sizeBytes }: ChannelMedia): Response {
  const type = typeOf(content, mimeType);
  return new Response(limited(bytes), {
    headers: {
      "content-type": type,
      ...(sizeBytes === undefined ? {} : { "content-length": String(sizeBytes) }),
      "content-disposition": dispositionOf(isShown.test(type), content.filename),
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "private, max-age=600",
    },
  });
}

/** The channel's own word counts where it fits the kind: some say `application/octet-stream` of everything. */
function typeOf(content: InboundMedia, told: string | undefined): string {
  const isMoreExact = content.mimeType === undefined && told?.toLowerCase().startsWith(`${content.type}/`);
  const type = (isMoreExact && told ? told : mediaMimeType(content)).toLowerCase();
  return /^[a-z]+\/[\w.+-]{1,100}$/.test(type) ? type : "application/octet-stream";
}

/** RFC 6266: the name in UTF-8, as RFC 8187 writes it; by way of bytes, as half a character cannot be written. */
function dispositionOf(isInline: boolean, filename: string | undefined): string {
  const kind = isInline ? "inline" : "attachment";
  if (!filename) return kind;
  const name = encodeURIComponent(Buffer.from(filename.slice(0, 200)).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename*=UTF-8''${name}`;
}

/** The bytes as they come; what turns out to be longer than may be is cut off, and the connection with it. */
function limited(bytes: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = bytes[Symbol.asyncIterator]();
  let total = 0;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) return controller.close();
      total += value.byteLength;
      if (total <= maxMediaBytes) return controller.enqueue(value);
      bytes.destroy();
      controller.error(new Error("The medium is longer than may be."));
    },
    cancel() {
      bytes.destroy();
    },
  });
}

/** The longest draft that a link holds, packed, in characters: what mail programs and chats still pass on whole. */
export const maxPackedDraft = 32_000;

/** The longest draft once unpacked, in bytes of UTF-8: what the contacts API takes as a body. */
const maxDraftBytes = 512_000;

const format = "deflate-raw";

/**
 * Packs a draft, which is any text, for the fragment of a link to the designer: deflated (RFC 1951), then base64url.
 * A fragment stays in the browser; no server is told of it.
 * @returns `undefined` where it is longer than a link should be.
 */
export async function packDraft(draft: string): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(draft);
  if (bytes.length > maxDraftBytes) return undefined;
  const packed = toBase64Url(await collect(streamOf(bytes).pipeThrough(new CompressionStream(format))));
  return packed.length > maxPackedDraft ? undefined : packed;
}

/** Unpacks a draft. @returns `undefined` for what `packDraft` did not make. */
export async function unpackDraft(packed: string): Promise<string | undefined> {
  if (packed.length > maxPackedDraft) return undefined;
  try {
    const stream = streamOf(fromBase64Url(packed)).pipeThrough(new DecompressionStream(format));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await collect(stream));
  } catch {
    return undefined;
  }
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Reads a stream to its end. @throws RangeError as soon as it is longer than a draft: a few bytes may unpack to many. */
async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > maxDraftBytes) {
      await reader.cancel();
      throw new RangeError("The draft is too long");
    }
  }
  const whole = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    whole.set(chunk, end);
    end += chunk.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

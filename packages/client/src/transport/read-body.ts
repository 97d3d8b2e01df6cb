import type { TransportResponse } from "./transport.ts";

/** Most bytes of an answer that the client takes in: pages of 100 messages stay far below it. */
export const maxBodyBytes = 8 * 1024 * 1024;

/** An answer's body is longer than the client takes in. */
export class BodyTooLongError extends Error {
  override readonly name = "BodyTooLongError";

  constructor() {
    super(`the body is longer than ${maxBodyBytes} bytes`);
  }
}

/** For bodies that are all here: unlike one that is fed in pieces, it keeps nothing from one call to the next. */
const decoderOfWholes = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a body as UTF-8 text: at once where all of it is here.
 *
 * @throws BodyTooLongError above `maxBodyBytes`, TypeError where it is not UTF-8, and whatever the transport throws
 * where the connection breaks.
 */
export function readBody({ body }: TransportResponse): string | Promise<string> {
  if (!(body instanceof Uint8Array)) return readChunks(body);
  checkLength(body.byteLength);
  return decoderOfWholes.decode(body);
}

async function readChunks(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    checkLength(length);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function checkLength(length: number): void {
  if (length > maxBodyBytes) throw new BodyTooLongError();
}

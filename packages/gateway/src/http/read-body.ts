import { ApiError } from "./api-error.ts";

/** The most bytes that a request's body may have; Genesys Cloud's own `request.bytes.max`. */
export const maxBodyBytes = 512_000;

/**
 * Reads a request's body as bytes.
 *
 * @throws ApiError `request.entity.too.large` as soon as it is known to be over `limit` bytes.
 */
export async function readBody(request: Request, limit: number = maxBodyBytes): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limit) throw tooLarge(limit);
  if (!request.body) return new Uint8Array();
  // A declared length is enforced by the HTTP parser, so only a body without one has to be counted.
  if (declared > 0) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body) {
    total += chunk.byteLength;
    if (total > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): ApiError {
  return new ApiError(
    "request.entity.too.large",
    `The body has more than ${limit} bytes. Send a smaller one.`,
  );
}

/**
 * Decodes bytes as UTF-8 without replacing anything.
 *
 * @throws ApiError `bad.request` where they are not UTF-8, or begin with a byte order mark.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ApiError("bad.request", "The body is not UTF-8. Encode it as UTF-8.");
  }
}

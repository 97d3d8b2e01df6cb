import { randomUUID } from "node:crypto";
import type { Context } from "hono";

/** The largest picture that a customer can choose. */
const maxBytes = 5 * 1024 * 1024;

/** How many pictures are kept; the oldest go first. */
const mostKept = 50;

const pictureTypes = ["image/gif", "image/jpeg", "image/png", "image/webp"];

interface Picture {
  mimeType: string;
  bytes: ArrayBuffer;
}

/** Pictures that were chosen on the phones' page, for as long as the stand-in runs: their address is what a customer sends. */
export class PictureShelf {
  readonly #pictures = new Map<string, Picture>();

  /** Takes a picture as a request's body; the answer has its `url`. */
  async take(context: Context): Promise<Response> {
    const mimeType = context.req.header("content-type") ?? "";
    if (!pictureTypes.includes(mimeType))
      return context.json({ message: `A picture is ${pictureTypes.join(", ")}.` }, 415);
    const isLarge = Number(context.req.header("content-length") ?? 0) > maxBytes;
    const bytes = isLarge ? undefined : await context.req.arrayBuffer();
    if (!bytes || bytes.byteLength > maxBytes)
      return context.json({ message: `A picture has at most ${maxBytes} bytes.` }, 413);
    const id = randomUUID();
    this.#pictures.set(id, { mimeType, bytes });
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size > mostKept && oldest !== undefined) this.#pictures.delete(oldest);
    return context.json({ url: `${context.req.url}/${id}` }, 201);
  }

  give(context: Context): Response | Promise<Response> {
    const picture = this.#pictures.get(context.req.param("id") ?? "");
    if (!picture) return context.notFound();
    const headers = { "content-type": picture.mimeType, "x-content-type-options": "nosniff" };
    return context.body(picture.bytes, 200, headers);
  }
}

import { createHash, createHmac } from "node:crypto";
import { bytesOf, type MediaBox, mimeTypeOf } from "../media-box.ts";
import { graphError, unknownObject } from "../meta/graph-error.ts";

/**
 * How long what a webhook told of is kept, and how long an address of it is good.
 *
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
const keptMs = 7 * 24 * 60 * 60 * 1000;
const addressMs = 5 * 60 * 1000;

const addressPath = "/whatsapp_business/attachments/";

/** Gives out what customers have sent: first where it is, then the bytes. The token has been checked. */
export class MediaAnswers {
  readonly #box: MediaBox;
  readonly #now: () => number;
  readonly #secret: string;

  constructor(box: MediaBox, { now, secret }: { now: () => number; secret: string }) {
    this.#box = box;
    this.#now = now;
    this.#secret = secret;
  }

  /** Whether a path is of an address that was told. */
  isAddress(pathname: string): boolean {
    return pathname === addressPath;
  }

  /** Where a medium is. */
  async tell(id: string, origin: string): Promise<Response> {
    const media = this.#box.find(id, this.#now() - keptMs);
    if (!media) return graphError(unknownObject(id));
    const bytes = await bytesOf(media);
    const until = String(Math.floor((this.#now() + addressMs) / 1000));
    const query = new URLSearchParams({ mid: id, ext: until, hash: this.#sign(id, until) });
    return Response.json({
      url: `${origin}${addressPath}?${query}`,
      mime_type: mimeTypeOf(media),
      sha256: createHash("sha256").update(bytes).digest("hex"),
      file_size: bytes.byteLength,
      id,
      messaging_product: "whatsapp",
    });
  }

  /** The bytes behind an address. */
  async give(query: URLSearchParams): Promise<Response> {
    const [id = "", until = "", hash = ""] = ["mid", "ext", "hash"].map((name) => query.get(name) ?? "");
    const isGood = hash === this.#sign(id, until) && Number(until) * 1000 > this.#now();
    const media = isGood ? this.#box.find(id) : undefined;
    if (!media) return new Response(null, { status: 404 });
    return new Response(await bytesOf(media), { headers: { "content-type": mimeTypeOf(media) } });
  }

  #sign(id: string, until: string): string {
    return createHmac("sha256", this.#secret).update(`${id} ${until}`).digest("base64url");
  }
}

import type { CustomerMedia } from "./stand-in.ts";

/** How many media are kept; the oldest go first. */
const mostKept = 1000;

/** How long the bytes of one may take to come from where the test or demo has them. */
const fetchTimeoutMs = 10_000;

/** What the vendor's app makes of a medium where nothing tells. */
const usualMimeTypes: Readonly<Record<CustomerMedia["kind"], string>> = {
  image: "image/jpeg",
  audio: "audio/ogg",
  video: "video/mp4",
  file: "application/octet-stream",
};

/** A medium's type, as the vendor tells it. */
export function mimeTypeOf({ kind, mimeType }: CustomerMedia): string {
  return mimeType ?? usualMimeTypes[kind];
}

/** What customers have sent, by the vendor's id of it, for programs that fetch it. */
export class MediaBox {
  readonly #kept = new Map<string, { media: CustomerMedia; at: number }>();

  keep(id: string, media: CustomerMedia, at: number): void {
    this.#kept.set(id, { media, at });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** `undefined` where it is unknown, or came before an instant. */
  find(id: string, since = Number.NEGATIVE_INFINITY): CustomerMedia | undefined {
    const found = this.#kept.get(id);
    return found && found.at > since ? found.media : undefined;
  }
}

/** The bytes of a medium, from its `url`: `data:`, or one that is fetched. Rejects where there are none. */
export async function bytesOf({ url }: CustomerMedia): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) });
  if (!answer.ok)
    throw new Error(`The customer's medium was answered ${answer.status}: ${url.slice(0, 100)}`);
  return new Uint8Array(await answer.arrayBuffer());
}

import { Readable } from "node:stream";
import type { ChannelMedia, OpenMedia } from "../channels/channel-media.ts";
import type { Store } from "../store/store.ts";

/** What a customer sent from their page: the message's id is also that of its bytes. */
export async function readStoredMedia(
  store: Pick<Store, "readMedia">,
  messageId: string,
): Promise<ChannelMedia | undefined> {
  const bytes = await store.readMedia(messageId);
  return bytes && { bytes: Readable.from([bytes]), sizeBytes: bytes.byteLength };
}

/** Gives out what the store keeps, as a channel gives out what it keeps. */
export function openStoredMedia(store: Pick<Store, "readMedia">): OpenMedia {
  return async (messageId) => {
    const media = await readStoredMedia(store, messageId);
    return media ? { kind: "opened", ...media } : { kind: "gone" };
  };
}

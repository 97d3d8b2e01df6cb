import type { Readable } from "node:stream";

/** A picture, sound, film or file that has begun to come; `bytes` has to be read or destroyed. */
export interface ChannelMedia {
  bytes: Readable;
  /** As the channel tells it, and without what follows a `;`. */
  mimeType?: string;
  sizeBytes?: number;
}

/** What became of asking a channel for a medium. */
export type OpenedMedia =
  | ({ kind: "opened" } & ChannelMedia)
  /** The channel does not have it any more, or gives it to nobody. */
  | { kind: "gone" }
  /** It may be there later. `reason` is for operators: it holds no token and no address. */
  | { kind: "unavailable"; reason: string };

/** Opens what a customer sent, by the channel's own id of it. Rejects only where the gateway's store cannot be reached. */
export type OpenMedia = (channelMediaId: string, signal: AbortSignal) => Promise<OpenedMedia>;

import type { InboundLocation, InboundMedia } from "@quickcard/client";
import type { PartStatus } from "../store/channel-records.ts";
import type { PartMark } from "./part-mark.ts";

/** What a customer sent, as the channel tells it. */
export type ToldContent =
  | { type: "text"; text: string }
  /** A choice or button: `id` is what the channel was given for it, `label` what stands on it. */
  | { type: "answer"; id: string; label?: string }
  | InboundMedia
  | InboundLocation;

/** One thing that a channel tells. Instants are milliseconds since 1970. */
export type ChannelNews =
  | {
      kind: "inbound";
      /** The customer's. */
      address: string;
      displayName?: string;
      /** The channel's own id of it: a repetition has the same. */
      id: string;
      at: number;
      content: ToldContent;
    }
  /** What became of one part of a message: named by the mark it carried, or by the channel's id of it. */
  | {
      kind: "part";
      mark?: PartMark;
      channelMessageId?: string;
      status: PartStatus;
      reason?: string;
      at: number;
    }
  /** The customer has seen a message, and so what came before it. */
  | { kind: "seen"; address: string; channelMessageId: string; at: number }
  /** All that the customer was sent before an instant has been delivered or read. */
  | { kind: "watermark"; address: string; status: "delivered" | "read"; before: number };

/** A webhook that was read: refused, or told with what its answer holds. */
export type ReadWebhook =
  | { ok: false; status: 400 | 401; message: string }
  | { ok: true; news: ChannelNews[]; answer?: unknown };

/** A channel's webhook. It is pure: who calls it stores what it tells before answering. */
export interface ChannelWebhook {
  /** Reads a request whose signature it checks over the bytes as they came. */
  read(body: Uint8Array, headers: Headers): ReadWebhook;
  /** Answers the channel's question whether this is the program it knows; `undefined` where it is not asked rightly. */
  shakeHands?(query: URLSearchParams): string | undefined;
}

import type { AdaptationOptions, Channel, Content } from "@quickcard/content";
import type { Evidence, SendOutcome } from "../delivery/send-outcome.ts";
import type { PartRecord, RenderingRecord } from "../store/channel-records.ts";
import type { AttemptRecord, ContactRecord, OutboundRecord } from "../store/records.ts";
import type { OpenMedia } from "./channel-media.ts";
import type { ChannelWebhook } from "./channel-webhook.ts";

/** What delivery must know of a channel. */
export interface ChannelTraits {
  /** `safe`: the channel takes the same message twice for one, so that a doubtful send is simply repeated. */
  repeat: "safe" | "unsafe";
  /** Whether `search` can tell what became of a doubtful send. */
  evidence: boolean;
  /** How long one request may take. */
  requestTimeoutMs: number;
  /**
   * How long after a doubtful send a search means something: longer than the channel may still take to apply it and
   * to show that. At least twice the request's timeout.
   */
  settleMs: number;
  /** The quota of the credential, shared by all processes. */
  pace?: { allowed: number; windowMs: number };
  /** The least time between two messages to the same contact. */
  pairIntervalMs?: number;
}

/** What is on record of a message that goes to its channel in parts. */
export interface PartLog {
  /** What the channel is to be given; `undefined` where that is the content as it is. */
  rendering(): Promise<RenderingRecord | undefined>;
  /** The parts that the channel has taken. */
  list(): Promise<PartRecord[]>;
  /** Notes one more; what is known of all parts then. */
  record(part: PartRecord): Promise<PartRecord[]>;
}

/** One try to deliver a message. */
export interface Delivery {
  message: OutboundRecord;
  contact: ContactRecord;
  /** 1 for the first. */
  attempt: number;
  parts: PartLog;
  /** Ends the request: it took too long. */
  signal: AbortSignal;
}

/** A try that may still be made. */
export interface Sending extends Delivery {
  /**
   * Whether the claim on the lane leaves time for the request. A channel asks once more right before the first byte
   * leaves, since the process may have been stopped in between and the lane be another's: `timelyDispatch` does so.
   */
  isTimely(): boolean;
}

/** A message that is about to be accepted. */
export interface PlanRequest {
  messageId: string;
  content: Content;
  adaptation: AdaptationOptions | undefined;
  contact: ContactRecord;
  /** When it is to be delivered. Milliseconds since 1970. */
  deliverAt: number;
}

/** What a channel is to be given, or why it cannot be. */
export type Plan =
  | { kind: "planned"; rendering: RenderingRecord }
  | {
      kind: "refused";
      code: "channel.unsupported" | "channel.window.closed";
      /** Where in the content, as a JSON pointer. */
      pointer: string;
      /** What is wrong and what to do. Never the message's text. */
      message: string;
    };

/** A way to customers. */
export interface ChannelAdapter {
  readonly name: Channel;
  readonly traits: ChannelTraits;
  /** Turns a content into what the channel takes. Absent: the channel takes every content as it is. */
  plan?(request: PlanRequest): Plan;
  /** An address as the channel itself writes it; `undefined` where it is none. Absent: contacts have no address. */
  readAddress?(text: string): string | undefined;
  /** Hands a message over to the channel. What it rejects with is classified as an error of the connection. */
  send(sending: Sending): Promise<SendOutcome>;
  /** Looks for a message that an earlier attempt may have brought to the channel. */
  search?(delivery: Delivery & { attempts: AttemptRecord[] }): Promise<Evidence>;
  /** How the channel tells of customers and messages. Absent: it has no webhook. */
  readonly webhook?: ChannelWebhook;
  /** Fetches what a customer sent. Absent: the channel tells of media by their addresses, or has none. */
  readonly openMedia?: OpenMedia;
  /** Lets go of its connections. */
  close?(): Promise<void>;
}

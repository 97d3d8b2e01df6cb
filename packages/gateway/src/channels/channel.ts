import type { Channel } from "@quickcard/content";
import type { Evidence, SendOutcome } from "../delivery/send-outcome.ts";
import type { AttemptRecord, ContactRecord, OutboundRecord } from "../store/records.ts";

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

/** One try to deliver a message. */
export interface Delivery {
  message: OutboundRecord;
  contact: ContactRecord;
  /** 1 for the first. */
  attempt: number;
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

/** A way to customers. */
export interface ChannelAdapter {
  readonly name: Channel;
  readonly traits: ChannelTraits;
  /** Hands a message over to the channel. What it rejects with is classified as an error of the connection. */
  send(sending: Sending): Promise<SendOutcome>;
  /** Looks for a message that an earlier attempt may have brought to the channel. */
  search?(delivery: Delivery & { attempts: AttemptRecord[] }): Promise<Evidence>;
}

import type { Contact } from "@quickcard/client";
import { type Customer, type StandIn, type StandInWorld, startStandIn } from "@quickcard/emulator/vendors";
import type { ChannelAdapter } from "../../src/channels/channel.ts";
import type { Subject } from "./channel-test.ts";

/** What a gateway's messages come to, as far as the tests look at it. */
export type Counterpart = Pick<StandIn, "received" | "fault" | "webhooks" | "replayWebhooks" | "settled"> & {
  customer(address: string, name?: string): Customer;
};

/** A counterpart that listens. */
export interface RunningCounterpart {
  counterpart: Counterpart;
  adapter: ChannelAdapter;
  /** The page with its customers' phones; absent where there is none. */
  phoneUrl?: string;
  /** Tells it where its webhooks go. */
  subscribe(url: string): Promise<void>;
  close(): Promise<void>;
}

/** What one channel brings to the tests that every channel has to pass. */
export interface ChannelCase {
  channel: Contact["channel"];
  /** Of a customer. */
  address: string;
  otherAddress: string;
  wrongAddress: string;
  start(world: Required<Pick<StandInWorld, "now" | "sleep">>): Promise<RunningCounterpart>;
  signatureHeader: string;
  /** Whether the signature is of the body, and not only a secret that goes with it. */
  signsBody: boolean;
  /** What the channel tells of messages and customers. */
  tells: { delivered: boolean; read: boolean; unreachable: boolean; name: boolean };
  /** What stands in the reason where a message fails after it was taken. */
  laterFailure?: string;
  /**
   * What clears up a doubtful send: the channel's own word of the mark that the message carried, a key by which it takes
   * the same request twice for one, or nothing.
   */
  evidence: "marks" | "retry-key" | "none";
  /** Whether thirty choices with long labels are changed before they are shown. */
  changesThirtyChoices: boolean;
  /** Length of a text that makes at least three bubbles, in at least two requests. */
  longText: number;
  /** The subjects that do not apply, and why. */
  exempt: Readonly<Partial<Record<Subject, string>>>;
}

/** A vendor's stand-in as the counterpart of an adapter. */
export async function startVendor<Vendor extends StandIn>(
  standIn: Vendor,
  toAdapter: (baseUrl: string) => ChannelAdapter,
  subscribe: (url: string, baseUrl: string) => Promise<void> | void,
): Promise<RunningCounterpart> {
  const { url: baseUrl, phoneUrl, close } = await startStandIn(standIn);
  return {
    counterpart: standIn,
    phoneUrl,
    adapter: toAdapter(baseUrl),
    subscribe: async (url) => subscribe(url, baseUrl),
    close,
  };
}

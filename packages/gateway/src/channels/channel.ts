import type { Channel } from "@quickcard/content";
import type { ContactRecord, OutboundRecord } from "../store/records.ts";
import type { DeliveryOutcome } from "../store/store.ts";

/** A way to customers. */
export interface ChannelAdapter {
  readonly name: Channel;
  /** Hands a message over to the channel. Rejects only for a fault of ours; a refusal is an outcome. */
  send(message: OutboundRecord, contact: ContactRecord): Promise<DeliveryOutcome>;
}

import type { Channel } from "@quickcard/content";
import type { PartPlace, PartRecord, RenderingRecord } from "./channel-records.ts";
import type { ContactRecord } from "./records.ts";

/** Where the store keeps what channels were given, and what they say of it. */
export interface ChannelStore {
  /** The contact whose address on a channel this is. No two have the same. */
  findContactByAddress(channel: Channel, address: string): Promise<ContactRecord | undefined>;
  /** What channels were given for these messages; those that are given their content as it is are left out. */
  findRenderings(messageIds: readonly string[]): Promise<Map<string, RenderingRecord>>;
  /** The parts that the channel has taken, by their number. */
  listParts(messageId: string): Promise<PartRecord[]>;
  /** Notes that an attempt has brought a part to the channel. All parts that are known of then. */
  recordPart(messageId: string, part: PartRecord): Promise<PartRecord[]>;
  /**
   * Takes a channel's own word of a part. Once all parts are known of, the message moves on with them: as far as the one
   * that is furthest behind, and to `failed` where one has failed. `false` where nothing changed.
   */
  reportPart(messageId: string, part: PartRecord): Promise<boolean>;
  /** The part that has this id on its channel. */
  findPart(channel: Channel, channelMessageId: string): Promise<PartPlace | undefined>;
}

import type { Channel } from "@quickcard/content";
import type { PartPlace, PartRecord, RenderingRecord } from "../channel-records.ts";
import { mergePart, statusesToward, statusOfParts } from "../part-progress.ts";
import type { MemoryData } from "./memory-data.ts";
import type { MemoryDelivery } from "./memory-delivery.ts";

/** What channels were given and have taken, in the memory store. */
export function partMethods(data: MemoryData, delivery: MemoryDelivery) {
  const partsOf = (messageId: string) => data.parts.get(messageId) ?? [];
  /** `false` where the word changes nothing. */
  const take = (messageId: string, word: PartRecord): boolean => {
    const known = partsOf(messageId);
    const merged = mergePart(
      known.find(({ number }) => number === word.number),
      word,
    );
    if (!merged || !data.outbound(messageId)) return false;
    const others = known.filter(({ number }) => number !== word.number);
    const all = [...others, structuredClone(merged)].sort((one, other) => one.number - other.number);
    data.parts.set(messageId, all);
    return true;
  };
  return {
    async findRenderings(messageIds: readonly string[]) {
      const found = messageIds.flatMap((id): [string, RenderingRecord][] => {
        const rendering = data.renderings.get(id);
        return rendering ? [[id, structuredClone(rendering)]] : [];
      });
      return new Map(found);
    },
    listParts: async (messageId: string) => structuredClone(partsOf(messageId)),
    async recordPart(messageId: string, part: PartRecord) {
      take(messageId, part);
      return structuredClone(partsOf(messageId));
    },
    async reportPart(messageId: string, part: PartRecord) {
      if (!take(messageId, part)) return false;
      const entry = data.outbound(messageId);
      const parts = partsOf(messageId);
      const told = statusOfParts(parts, data.renderings.get(messageId)?.parts.length ?? 1);
      if (!entry || !told) return true;
      const last = parts.at(-1)?.channelMessageId;
      if (last !== undefined) entry.channelMessageId = last;
      for (const status of statusesToward(entry.status, told)) {
        if (status !== "failed") delivery.arrive(entry, status);
        else data.setStatus(entry, status, parts.find((one) => one.status === "failed")?.reason);
      }
      return true;
    },
    async findPart(channel: Channel, channelMessageId: string): Promise<PartPlace | undefined> {
      for (const [messageId, parts] of data.parts) {
        const contactId = data.outbound(messageId)?.contactId ?? "";
        const part = parts.find((one) => one.channelMessageId === channelMessageId);
        if (part && data.contact(contactId)?.channel === channel) {
          return { messageId, contactId, number: part.number, attempt: part.attempt };
        }
      }
      return undefined;
    },
  };
}

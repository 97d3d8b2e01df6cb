import type { RenderingRecord } from "../channel-records.ts";
import type { InboundRecord, OutboundRecord, StoredMessage } from "../records.ts";
import type {
  Accepted,
  IdempotencyClaim,
  MessageFilter,
  MessageRange,
  NotAccepted,
  TooLate,
} from "../store.ts";
import type { MemoryData } from "./memory-data.ts";
import { type MemoryDelivery, toRecord } from "./memory-delivery.ts";
import type { MemoryKeyTables } from "./memory-keys.ts";
import type { Entry } from "./memory-lanes.ts";

/** Taking messages, of both directions. */
export function intakeMethods(data: MemoryData, delivery: MemoryDelivery, keys: MemoryKeyTables) {
  const refusal = (contactId: string): NotAccepted | undefined => {
    const contact = data.contact(contactId);
    if (!contact) return { kind: "no-contact" };
    return contact.state === "closed" ? { kind: "closed" } : undefined;
  };
  return {
    async acceptMessage(
      message: Omit<OutboundRecord, "conversationId">,
      claim?: IdempotencyClaim,
      rendering?: RenderingRecord,
    ): Promise<Accepted<OutboundRecord> | NotAccepted | TooLate> {
      const contact = data.contact(message.contactId);
      const earlier = contact && keys.messages.find(claim, message.createdAt);
      if (earlier) return earlier;
      const refused = refusal(message.contactId);
      if (refused || !contact) return refused ?? { kind: "no-contact" };
      if (message.expiresAt <= message.createdAt) return { kind: "too-late" };
      const record: OutboundRecord = { ...structuredClone(message), conversationId: contact.conversationId };
      const seq = data.nextSeq();
      const entry: Entry = { ...structuredClone(record), seq, position: seq };
      data.insert(entry);
      if (rendering) data.renderings.set(record.id, structuredClone(rendering));
      data.tellStatus(entry);
      delivery.enqueue(entry, contact.channel);
      keys.messages.keep(claim, contact.id, record);
      return { kind: "created", record };
    },
    async acceptInbound(message: Omit<InboundRecord, "conversationId">, media?: Uint8Array) {
      const contact = data.contact(message.contactId);
      if (!contact) return { kind: "no-contact" } as const;
      const earlier = data
        .messagesOf(contact.id)
        .find(
          (row) =>
            row.direction === "inbound" &&
            row.clientMessageId !== undefined &&
            row.clientMessageId === message.clientMessageId,
        );
      if (earlier) return { kind: "repeated", record: inboundRecord(earlier) } as const;
      if (contact.state === "closed") return { kind: "closed" } as const;
      const record: InboundRecord = { ...structuredClone(message), conversationId: contact.conversationId };
      data.insert({ ...structuredClone(record), seq: data.nextSeq() });
      if (media) data.media.set(record.id, media.slice());
      contact.lastInboundAt = message.createdAt;
      contact.updatedAt = message.createdAt;
      const { contactId, conversationId, id: messageId } = record;
      data.tell({ type: "message.inbound", contactId, conversationId, messageId });
      return { kind: "created", record } as const;
    },
  };
}

/** Reading messages. */
export function messageMethods(data: MemoryData, delivery: MemoryDelivery) {
  const inContact = (contactId: string, messageId: string) => {
    const found = data.message(messageId);
    return found?.contactId === contactId ? found : undefined;
  };
  return {
    readMedia: async (messageId: string) => data.media.get(messageId)?.slice(),
    async findMessage(contactId: string, messageId: string) {
      const found = inContact(contactId, messageId);
      return found && toStored(found);
    },
    async locateMessage(messageId: string) {
      const found = data.message(messageId);
      return found && toStored(found);
    },
    async listMessages(contactId: string, range: MessageRange) {
      const all = data.messagesOf(contactId);
      const rows =
        range.order === "oldest-first"
          ? all.filter(({ seq }) => seq > (range.afterSeq ?? 0))
          : all.filter(({ seq }) => seq < (range.beforeSeq ?? Number.POSITIVE_INFINITY)).reverse();
      return rows.slice(0, range.limit).map(toStored);
    },
    async findMessages(filter: MessageFilter) {
      const { statuses, contactId, channel, createdBefore, beforeSeq, order, limit } = filter;
      const direction = order === "oldest-first" ? 1 : -1;
      return data
        .allMessages()
        .filter(
          (row) =>
            row.direction === "outbound" &&
            statuses.includes(row.status) &&
            (!contactId || row.contactId === contactId) &&
            (!channel || data.contact(row.contactId)?.channel === channel) &&
            (createdBefore === undefined || row.createdAt < createdBefore) &&
            (beforeSeq === undefined || row.seq < beforeSeq),
        )
        .sort((one, other) => direction * (one.seq - other.seq))
        .slice(0, limit)
        .map(toStored);
    },
    listAttempts: async (messageId: string) => delivery.attempts(messageId),
    listStatuses: async ({ id }: { id: string }) => data.statusesOf(id),
  };
}

function inboundRecord(message: StoredMessage): InboundRecord {
  const { seq: _, ...record } = structuredClone(message);
  return record as InboundRecord;
}

function toStored(message: StoredMessage): StoredMessage {
  if (message.direction === "inbound") return structuredClone(message);
  return { ...toRecord(message as Entry), seq: message.seq };
}

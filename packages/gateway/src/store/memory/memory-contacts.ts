import type { Channel } from "@quickcard/content";
import type { ContactRecord, StoredContact } from "../records.ts";
import type {
  Accepted,
  AddressTaken,
  ContactFilter,
  ConversationFilter,
  IdempotencyClaim,
  Store,
} from "../store.ts";
import { type MemoryData, withoutSeq } from "./memory-data.ts";
import type { MemoryDelivery } from "./memory-delivery.ts";
import type { MemoryKeyTables } from "./memory-keys.ts";

/** Contacts and their conversations in the memory store. */
export function contactMethods(data: MemoryData, delivery: MemoryDelivery, keys: MemoryKeyTables) {
  const find = (holds: (contact: ContactRecord) => boolean) => {
    const found = [...data.contacts.values()].find(holds);
    return found && withoutSeq(found);
  };
  const findByAddress = (channel: Channel, address: string) =>
    find((contact) => contact.channel === channel && contact.address === address);
  const tellState = ({ id: contactId, conversationId, state }: ContactRecord) =>
    data.tell({ type: "conversation.state", contactId, conversationId, state });
  return {
    async insertContact(
      contact: ContactRecord,
      claim?: IdempotencyClaim,
    ): Promise<Accepted<ContactRecord> | AddressTaken> {
      const earlier = keys.contacts.find(claim, contact.createdAt);
      if (earlier) return earlier;
      const { channel, address } = contact;
      const taken = channel !== "web" && address !== undefined && findByAddress(channel, address);
      if (taken) return { kind: "address-taken", record: taken };
      data.contacts.set(contact.id, { ...structuredClone(contact), seq: data.nextSeq() });
      keys.contacts.keep(claim, contact.id, contact);
      tellState(contact);
      return { kind: "created", record: contact };
    },
    async findContact(id: string) {
      const contact = data.contacts.get(id);
      return contact && withoutSeq(contact);
    },
    findContactByConversation: async (id: string) => find(({ conversationId }) => conversationId === id),
    findContactByAddress: async (channel: Channel, address: string) => findByAddress(channel, address),
    findContactByChatToken: async (token: string) => find(({ chatToken }) => chatToken === token),
    async listContacts({ state, channel, beforeSeq, limit }: ContactFilter): Promise<StoredContact[]> {
      const rows = [...data.contacts.values()].filter(
        (row) =>
          (!state || row.state === state) &&
          (!channel || row.channel === channel) &&
          (beforeSeq === undefined || row.seq < beforeSeq),
      );
      return structuredClone(rows.reverse().slice(0, limit));
    },
    async updateContact(id: string, update: Parameters<Store["updateContact"]>[1], now: number) {
      const before = data.contacts.get(id);
      if (!before) return undefined;
      const { closedAt: _, ...rest } = before;
      const after: StoredContact = { ...rest, ...structuredClone(update), updatedAt: now };
      if (after.state === "closed") after.closedAt = before.closedAt ?? now;
      data.contacts.set(id, after);
      if (after.state !== before.state) tellState(after);
      return withoutSeq(after);
    },
    async deleteContact(id: string) {
      const contact = data.contacts.get(id);
      if (!contact) return false;
      for (const { id: messageId } of data.messagesOf(id)) delivery.forgetAttempts(messageId);
      delivery.forget(id);
      data.removeContact(id);
      for (const table of Object.values(keys)) table.forget(id);
      const { conversationId } = contact;
      data.tell({ type: "conversation.state", contactId: id, conversationId, state: "deleted" });
      return true;
    },
    queryConversations: async (filter: ConversationFilter) => queryConversations(data, filter),
  };
}

function queryConversations(data: MemoryData, filter: ConversationFilter) {
  const { from, to, conversationIds, order, limit, offset } = filter;
  const found = [...data.contacts.values()].filter(
    ({ createdAt, closedAt, conversationId }) =>
      createdAt < to &&
      (closedAt === undefined || closedAt >= from) &&
      (!conversationIds || conversationIds.includes(conversationId)),
  );
  if (order === "desc") found.reverse();
  const conversations = found.slice(offset, offset + limit).map((contact) => {
    const messages = data.messagesOf(contact.id);
    const inboundMessages = messages.filter(({ direction }) => direction === "inbound").length;
    const outboundMessages = messages.length - inboundMessages;
    return { contact: withoutSeq(contact), outboundMessages, inboundMessages };
  });
  return { total: found.length, conversations };
}

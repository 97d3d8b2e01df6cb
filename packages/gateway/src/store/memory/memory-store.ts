import { deadLetters } from "../../delivery/message-state.ts";
import type {
  AuthorizationCodeRecord,
  ClientRecord,
  ContactRecord,
  InboundRecord,
  OutboundRecord,
  StoredContact,
  StoredMessage,
  TokenRecord,
} from "../records.ts";
import type {
  Accepted,
  ContactFilter,
  ConversationFilter,
  IdempotencyClaim,
  MessageFilter,
  MessageRange,
  NotAccepted,
  Store,
} from "../store.ts";
import { MemoryData, withoutSeq } from "./memory-data.ts";
import { MemoryDelivery, toRecord } from "./memory-delivery.ts";
import type { Entry } from "./memory-lanes.ts";
import { MemorySubscriptions } from "./memory-subscriptions.ts";

/** For how long an expired token is remembered, so that its holder is told that it expired. */
const expiredTokenMemoryMs = 24 * 60 * 60 * 1000;

/** A store that lives as long as its process: for tests, and as the plainest account of what a store does. */
export function createMemoryStore(now: () => number = Date.now): Store {
  const data = new MemoryData(now);
  const delivery = new MemoryDelivery(data);
  const keys: Keys = { contacts: new MemoryKeys(), messages: new MemoryKeys() };
  return {
    ...clientMethods(),
    ...contactMethods(data, delivery, keys),
    ...messageMethods(data, delivery, keys),
    ...deliveryMethods(data, delivery),
    ...new MemorySubscriptions(data).methods(),
    lastEventId: async () => data.lastEventId(),
    readEvents: async (afterId, limit, contactId) => data.readEvents(afterId, limit, contactId),
    onChange: (listener) => data.onChange(listener),
    ping: async () => {},
    close: async () => {},
  };
}

function clientMethods() {
  const clients = new Map<string, ClientRecord>();
  const tokens = new Map<string, TokenRecord>();
  const codes = new Map<string, AuthorizationCodeRecord>();
  return {
    async insertClient(client: ClientRecord) {
      clients.set(client.clientId, structuredClone(client));
    },
    findClient: async (clientId: string) => structuredClone(clients.get(clientId)),
    listClients: async () =>
      [...clients.values()]
        .map((client) => structuredClone(client))
        .sort((one, other) => one.createdAt - other.createdAt),
    async revokeClient(clientId: string, revokedAt: number) {
      const client = clients.get(clientId);
      if (!client || client.revokedAt !== undefined) return false;
      client.revokedAt = revokedAt;
      for (const table of [tokens, codes]) {
        for (const [hash, row] of table) if (row.clientId === clientId) table.delete(hash);
      }
      return true;
    },
    async insertToken(token: TokenRecord) {
      tokens.set(token.tokenHash, structuredClone(token));
    },
    findToken: async (hash: string) => structuredClone(tokens.get(hash)),
    async insertAuthorizationCode(code: AuthorizationCodeRecord) {
      codes.set(code.codeHash, structuredClone(code));
    },
    async takeAuthorizationCode(hash: string) {
      const code = codes.get(hash);
      codes.delete(hash);
      return code;
    },
    async removeExpired(now: number, limit: number) {
      const expired = [...tokens.values()].filter(({ expiresAt }) => expiresAt <= now - expiredTokenMemoryMs);
      for (const { tokenHash } of expired.slice(0, limit)) tokens.delete(tokenHash);
      const spent = [...codes.values()].filter(({ expiresAt }) => expiresAt <= now);
      for (const { codeHash } of spent.slice(0, limit)) codes.delete(codeHash);
    },
  };
}

/** Answers kept by idempotency key. */
class MemoryKeys<Record> {
  readonly #kept = new Map<string, { claim: IdempotencyClaim; contactId: string; record: Record }>();

  find(claim: IdempotencyClaim | undefined, now: number): Accepted<Record> | undefined {
    const kept = claim && this.#kept.get(keyOf(claim));
    if (!claim || !kept || kept.claim.expiresAt <= now) return undefined;
    if (kept.claim.fingerprint !== claim.fingerprint) return { kind: "mismatch" };
    return { kind: "repeated", record: structuredClone(kept.record) };
  }

  keep(claim: IdempotencyClaim | undefined, contactId: string, record: Record): void {
    if (claim) this.#kept.set(keyOf(claim), { claim, contactId, record: structuredClone(record) });
  }

  forget(contactId: string): void {
    for (const [key, kept] of this.#kept) if (kept.contactId === contactId) this.#kept.delete(key);
  }
}

interface Keys {
  contacts: MemoryKeys<ContactRecord>;
  messages: MemoryKeys<OutboundRecord>;
}

function keyOf({ clientId, route, key }: IdempotencyClaim): string {
  return JSON.stringify([clientId, route, key]);
}

function contactMethods(data: MemoryData, delivery: MemoryDelivery, keys: Keys) {
  const find = (holds: (contact: ContactRecord) => boolean) => {
    const found = [...data.contacts.values()].find(holds);
    return found && withoutSeq(found);
  };
  const tellState = ({ id: contactId, conversationId, state }: ContactRecord) =>
    data.tell({ type: "conversation.state", contactId, conversationId, state });
  return {
    async insertContact(contact: ContactRecord, claim?: IdempotencyClaim): Promise<Accepted<ContactRecord>> {
      const earlier = keys.contacts.find(claim, contact.createdAt);
      if (earlier) return earlier;
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
    async queryConversations(filter: ConversationFilter) {
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
    },
  };
}

function messageMethods(data: MemoryData, delivery: MemoryDelivery, keys: Keys) {
  const refusal = (contactId: string): NotAccepted | undefined => {
    const contact = data.contact(contactId);
    if (!contact) return { kind: "no-contact" };
    return contact.state === "closed" ? { kind: "closed" } : undefined;
  };
  const inContact = (contactId: string, messageId: string) => {
    const found = data.message(messageId);
    return found?.contactId === contactId ? found : undefined;
  };
  return {
    async acceptMessage(
      message: Omit<OutboundRecord, "conversationId">,
      claim?: IdempotencyClaim,
    ): Promise<Accepted<OutboundRecord> | NotAccepted> {
      const contact = data.contact(message.contactId);
      const earlier = contact && keys.messages.find(claim, message.createdAt);
      if (earlier) return earlier;
      const refused = refusal(message.contactId);
      if (refused || !contact) return refused ?? { kind: "no-contact" };
      const record: OutboundRecord = { ...structuredClone(message), conversationId: contact.conversationId };
      const seq = data.nextSeq();
      const entry: Entry = { ...structuredClone(record), seq, position: seq };
      data.insert(entry);
      data.tellStatus(entry);
      delivery.enqueue(entry, contact.channel);
      keys.messages.keep(claim, contact.id, record);
      return { kind: "created", record };
    },
    async acceptInbound(message: Omit<InboundRecord, "conversationId">) {
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
      contact.lastInboundAt = message.createdAt;
      contact.updatedAt = message.createdAt;
      const { contactId, conversationId, id: messageId } = record;
      data.tell({ type: "message.inbound", contactId, conversationId, messageId });
      return { kind: "created", record } as const;
    },
    async findMessage(contactId: string, messageId: string) {
      const found = inContact(contactId, messageId);
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

/** What a receipt may move on from: a status never goes back. */
const beforeReceipt = {
  delivered: ["sending", "retry_wait", "ambiguous", "reconciling", "sent", "unknown"],
  read: ["sending", "retry_wait", "ambiguous", "reconciling", "sent", "unknown", "delivered"],
};

function deliveryMethods(data: MemoryData, delivery: MemoryDelivery) {
  return {
    async recordReceipts(contactId: string, messageIds: string[], status: "delivered" | "read") {
      for (const entry of messageIds.flatMap((id) => data.outbound(id) ?? [])) {
        if (entry.contactId !== contactId || !beforeReceipt[status].includes(entry.status)) continue;
        delivery.arrive(entry, status);
      }
    },
    claim: async (request: Parameters<Store["claim"]>[0]) => delivery.claim(request),
    settle: async (settlement: Parameters<Store["settle"]>[0]) => delivery.settle(settlement),
    recordApplied: async (messageId: string, channelMessageId?: string) =>
      delivery.recordApplied(messageId, channelMessageId),
    async reportPace(...report: Parameters<Store["reportPace"]>) {
      delivery.report(...report);
    },
    cancelMessage: async (messageId: string) => delivery.cancel(messageId),
    retryMessage: async (messageId: string, expiresAt: number) => delivery.retry(messageId, expiresAt),
    async dropMessage(messageId: string) {
      const entry = data.outbound(messageId);
      if (!entry || !deadLetters.includes(entry.status)) return false;
      delivery.forgetAttempts(messageId);
      data.remove(messageId);
      return true;
    },
    async removeFinished(before: number, limit: number) {
      const end = (row: StoredMessage) =>
        row.direction === "inbound" ? row.createdAt : ((row as Entry).finishedAt ?? before);
      const old = data
        .allMessages()
        .filter((row) => end(row) < before)
        .sort((one, other) => end(one) - end(other) || one.seq - other.seq)
        .slice(0, limit);
      for (const { id } of old) {
        delivery.forgetAttempts(id);
        data.remove(id);
      }
      return old.length;
    },
  };
}

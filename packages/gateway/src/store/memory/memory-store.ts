import { beforeReceipt, deadLetters } from "../../delivery/message-state.ts";
import { RateWindows } from "../rate-windows.ts";
import type { StoredMessage } from "../records.ts";
import type { Store } from "../store.ts";
import { clientMethods } from "./memory-clients.ts";
import { contactMethods } from "./memory-contacts.ts";
import { MemoryData } from "./memory-data.ts";
import { MemoryDelivery } from "./memory-delivery.ts";
import { MemoryKeys, type MemoryKeyTables } from "./memory-keys.ts";
import type { Entry } from "./memory-lanes.ts";
import { linkMethods } from "./memory-links.ts";
import { intakeMethods, messageMethods } from "./memory-messages.ts";
import { partMethods } from "./memory-parts.ts";
import { MemorySubscriptions } from "./memory-subscriptions.ts";

/** A store that lives as long as its process: for tests, and as the plainest account of what a store does. */
export function createMemoryStore(now: () => number = Date.now): Store {
  const data = new MemoryData(now);
  const delivery = new MemoryDelivery(data);
  const rates = new RateWindows(now);
  const keys: MemoryKeyTables = { contacts: new MemoryKeys(), messages: new MemoryKeys() };
  return {
    ...clientMethods(),
    ...contactMethods(data, delivery, keys),
    ...intakeMethods(data, delivery, keys),
    ...messageMethods(data, delivery),
    ...deliveryMethods(data, delivery),
    ...partMethods(data, delivery),
    ...new MemorySubscriptions(data).methods(),
    ...linkMethods(data),
    lastEventId: async () => data.lastEventId(),
    readEvents: async (afterId, limit, contactId) => data.readEvents(afterId, limit, contactId),
    takeRate: async (...one) => rates.take(...one),
    onChange: (listener) => data.onChange(listener),
    ping: async () => {},
    close: async () => {},
  };
}

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

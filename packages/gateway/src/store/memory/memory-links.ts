import type { LinkedConversationRecord, LinkedMessageRecord, LinkStore } from "../link-store.ts";
import type { MemoryData } from "./memory-data.ts";

/** The link to Genesys Cloud in the memory store. */
export function linkMethods(data: MemoryData): LinkStore {
  const messages = new Map<string, LinkedMessageRecord>();
  const conversations = new Map<string, LinkedConversationRecord & { dueAt: number }>();
  const openByDue = () =>
    [...conversations.values()].filter(({ phase }) => phase === "open").sort((a, b) => a.dueAt - b.dueAt);
  const toRecord = ({ dueAt: _, ...record }: LinkedConversationRecord & { dueAt: number }) => record;
  return {
    async recordLinkedMessage(record) {
      if (!messages.has(record.messageId)) messages.set(record.messageId, { ...record });
    },
    async findLinkedMessage(messageId) {
      const found = messages.get(messageId);
      if (found && !data.contact(found.contactId)) messages.delete(messageId);
      return messages.has(messageId) ? { ...(found as LinkedMessageRecord) } : undefined;
    },
    async linkConversation(conversation, checkInMs) {
      const dueAt = data.now() + checkInMs;
      const before = conversations.get(conversation.contactId);
      const isSame = before?.remoteId === conversation.remoteId && before.phase === "open";
      conversations.set(conversation.contactId, {
        ...conversation,
        phase: "open",
        dueAt: isSame ? Math.min(before.dueAt, dueAt) : dueAt,
      });
    },
    async findLinkedConversation(contactId) {
      const found = conversations.get(contactId);
      return found && toRecord(found);
    },
    async claimConversationChecks({ limit, leaseMs }) {
      const now = data.now();
      const due = openByDue()
        .filter(({ dueAt }) => dueAt <= now)
        .slice(0, limit);
      for (const row of due) row.dueAt = now + leaseMs;
      const next = openByDue()[0]?.dueAt;
      return { conversations: due.map(toRecord), nextInMs: next && Math.max(0, next - now) };
    },
    async settleConversationCheck({ contactId, remoteId }, seen) {
      const row = conversations.get(contactId);
      if (row?.remoteId !== remoteId) return;
      if ("phase" in seen) row.phase = "ended";
      else row.dueAt = data.now() + seen.nextInMs;
    },
    async forgetLinkedConversation(contactId) {
      conversations.delete(contactId);
    },
  };
}

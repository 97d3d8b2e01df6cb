import { randomUUID } from "node:crypto";
import type { Store } from "#gateway/store/store.ts";

/** What is put into a store before it is measured. */
export interface Filling {
  /** How many messages each contact gets: one entry for each contact. */
  messagesOf: readonly number[];
  /** `round-robin`: one for each contact in turn. `bursts`: so many in a row for each. Default: `round-robin`. */
  burst?: number;
}

/** How many contacts or messages are handed to the store at once. */
const atOnce = 1000;

/** The same number of messages for each of some contacts. */
export function evenly(messages: number, contacts: number): number[] {
  return Array.from({ length: contacts }, () => messages / contacts);
}

/** Makes contacts and lets messages wait for them. Returns the contacts' ids. */
export async function fill(store: Store, { messagesOf, burst = 1 }: Filling): Promise<string[]> {
  const ids = messagesOf.map(() => randomUUID());
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    await Promise.all(some.map((id, index) => insertContact(store, id, messagesOf[from + index] === 1)));
  }
  let batch: Promise<unknown>[] = [];
  for (const { contactId, number } of placesOf(ids, messagesOf, burst)) {
    batch.push(accept(store, contactId, number));
    if (batch.length < atOnce) continue;
    await Promise.all(batch);
    batch = [];
  }
  await Promise.all(batch);
  return ids;
}

function* placesOf(ids: readonly string[], messagesOf: readonly number[], burst: number) {
  for (let from = 0; from < Math.max(...messagesOf); from += burst) {
    for (const [index, contactId] of ids.entries()) {
      const end = Math.min(from + burst, messagesOf[index] ?? 0);
      for (let number = from; number < end; number += 1) yield { contactId, number };
    }
  }
}

async function accept(store: Store, contactId: string, number: number): Promise<void> {
  const now = Date.now();
  const accepted = await store.acceptMessage({
    id: randomUUID(),
    contactId,
    direction: "outbound",
    status: "queued",
    content: {
      type: "quick-reply",
      title: "Select a service department:",
      choices: [
        { label: "Sales", value: "dept_sales" },
        { label: "Support", value: "dept_support" },
        { label: "Billing", value: "dept_billing" },
      ],
    },
    metadata: { number: String(number) },
    mode: "reconcile",
    createdAt: now,
    expiresAt: now + 24 * 3_600_000,
  });
  if (accepted.kind !== "created") throw new Error(`a message was not accepted: ${accepted.kind}`);
}

function insertContact(store: Store, id: string, isSingle: boolean): Promise<unknown> {
  return store.insertContact({
    id,
    conversationId: randomUUID(),
    state: "active",
    channel: "web",
    chatToken: randomUUID(),
    ...(isSingle ? { displayName: "single" } : {}),
    createdAt: Date.now(),
    updatedAt: Date.now(),
  });
}

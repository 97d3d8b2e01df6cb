import type { ContactRecord, OutboundRecord } from "../records.ts";
import type { Accepted, IdempotencyClaim } from "../store.ts";

/** Answers kept by idempotency key. */
export class MemoryKeys<Record> {
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

/** The keys of both kinds of request. */
export interface MemoryKeyTables {
  contacts: MemoryKeys<ContactRecord>;
  messages: MemoryKeys<OutboundRecord>;
}

function keyOf({ clientId, route, key }: IdempotencyClaim): string {
  return JSON.stringify([clientId, route, key]);
}

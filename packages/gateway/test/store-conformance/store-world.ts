import { randomUUID } from "node:crypto";
import type { Channel } from "@quickcard/content";
import { expect, test } from "vitest";
import type { ContactRecord, OutboundRecord } from "../../src/store/records.ts";
import type {
  Claim,
  ClaimRequest,
  Claims,
  IdempotencyClaim,
  Settlement,
  Store,
} from "../../src/store/store.ts";

/** An empty store under test, with the clock that it goes by. */
export interface StoreUnderTest {
  store: Store;
  /** The store's clock, as near as can be told from here. */
  now(): number;
  /** Moves the store's clock on. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

export const web: Channel = "web";
/** The suite needs a second channel before there is one. */
export const otherChannel = "other" as Channel;

export const minute = 60_000;
export const day = 24 * 60 * minute;

/** What a test of a store has at hand. Tests stay away from the edges of intervals: a real clock moves by itself. */
export class StoreWorld {
  readonly store: Store;
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;

  constructor({ store, now, advance }: StoreUnderTest) {
    this.store = store;
    this.now = now;
    this.advance = advance;
  }

  async contact(more: Partial<ContactRecord> = {}): Promise<ContactRecord> {
    const made = await this.store.insertContact(this.newContact(more));
    if (made.kind !== "created") throw new Error("the contact was not made");
    return made.record;
  }

  async contacts(count: number): Promise<ContactRecord[]> {
    const made: ContactRecord[] = [];
    for (let index = 0; index < count; index += 1) made.push(await this.contact());
    return made;
  }

  newContact(more: Partial<ContactRecord> = {}): ContactRecord {
    const createdAt = this.now();
    return {
      id: randomUUID(),
      conversationId: randomUUID(),
      state: "active",
      channel: web,
      chatToken: randomUUID(),
      createdAt,
      updatedAt: createdAt,
      ...more,
    };
  }

  newMessage(contactId: string, more: Partial<OutboundRecord> = {}): Omit<OutboundRecord, "conversationId"> {
    const createdAt = this.now();
    return {
      id: randomUUID(),
      contactId,
      direction: "outbound",
      status: "queued",
      content: { type: "text", text: "Hello" },
      mode: "reconcile",
      expiresAt: createdAt + day,
      createdAt,
      ...more,
    };
  }

  async message(contactId: string, more: Partial<OutboundRecord> = {}): Promise<OutboundRecord> {
    const taken = await this.store.acceptMessage(this.newMessage(contactId, more));
    if (taken.kind !== "created") throw new Error(`the message was not taken: ${taken.kind}`);
    return taken.record;
  }

  key(more: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
    return {
      clientId: "client",
      route: "POST /messages",
      key: "key",
      fingerprint: "fingerprint",
      expiresAt: this.now() + day,
      ...more,
    };
  }

  claims(more: Partial<ClaimRequest> = {}): Promise<Claims> {
    return this.store.claim({ channel: web, limit: 100, leaseMs: minute, ...more });
  }

  /** The one claim that there is. */
  async claim(more: Partial<ClaimRequest> = {}): Promise<Claim> {
    const { claims } = await this.claims(more);
    expect(claims).toHaveLength(1);
    return claims[0] as Claim;
  }

  async settle(
    claim: Claim,
    decision: Settlement["decision"],
    outcome?: Settlement["outcome"],
  ): Promise<boolean> {
    return this.store.settle({ claim, decision, ...(outcome ? { outcome } : {}) });
  }

  sent(claim: Claim, channelMessageId?: string): Promise<boolean> {
    const id = channelMessageId === undefined ? {} : { channelMessageId };
    return this.settle(claim, { status: "sent", ...id }, { kind: "applied" });
  }

  failed(claim: Claim): Promise<boolean> {
    const reason = "The channel answered 400.";
    return this.settle(claim, { status: "failed", reason }, { kind: "not-applied", reason });
  }

  unknown(claim: Claim): Promise<boolean> {
    const reason = "No answer came.";
    return this.settle(claim, { status: "unknown", reason }, { kind: "ambiguous", reason });
  }

  retryLater(claim: Claim, afterMs: number): Promise<boolean> {
    const reason = "The channel answered 429.";
    return this.settle(claim, { status: "retry_wait", reason, afterMs }, { kind: "not-applied", reason });
  }

  doubt(claim: Claim, afterMs: number): Promise<boolean> {
    const reason = "No answer came.";
    const outcome = claim.work === "send" ? ({ kind: "ambiguous", reason } as const) : undefined;
    return this.settle(claim, { status: "ambiguous", reason, afterMs }, outcome);
  }

  /** Delivers all that is ready, and says in which order. */
  async deliverAll(more: Partial<ClaimRequest> = {}): Promise<string[]> {
    const order: string[] = [];
    for (;;) {
      const { claims } = await this.claims(more);
      if (claims.length === 0) return order;
      for (const claim of claims) {
        expect(claim.work).toBe("send");
        expect(await this.sent(claim)).toBe(true);
        order.push(claim.message.id);
      }
    }
  }

  async outbound({
    contactId,
    id,
  }: Pick<OutboundRecord, "contactId" | "id">): Promise<OutboundRecord | undefined> {
    const found = await this.store.findMessage(contactId, id);
    return found?.direction === "outbound" ? found : undefined;
  }

  async status(message: Pick<OutboundRecord, "contactId" | "id">): Promise<string | undefined> {
    return (await this.outbound(message))?.status;
  }

  async statuses(message: Pick<OutboundRecord, "contactId" | "id">): Promise<string[]> {
    return (await this.store.listStatuses(message)).map(({ status }) => status);
  }
}

/** Declares tests that each get a world with an empty store. */
export function storeTests(open: OpenStore) {
  return (name: string, body: (world: StoreWorld) => Promise<void>): void => {
    test(name, async () => {
      const opened = await open();
      try {
        await body(new StoreWorld(opened));
      } finally {
        await opened.close();
      }
    });
  };
}

/** Expects a duration that was read off a clock which may have moved on by itself since. */
export function expectAbout(actual: number | undefined, expected: number): void {
  expect(actual).toBeLessThanOrEqual(expected);
  expect(actual).toBeGreaterThan(expected - 5000);
}

export function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

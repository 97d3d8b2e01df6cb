import type { DeliveryMode } from "@quickcard/client";
import fc from "fast-check";
import Database from "libsql";
import { expect, test } from "vitest";
import { isTransition } from "../src/delivery/message-state.ts";
import { createMemoryStore } from "../src/store/memory/memory-store.ts";
import { Connection } from "../src/store/sqlite/connection.ts";
import { migrate } from "../src/store/sqlite/migrate.ts";
import { createSqliteStore } from "../src/store/sqlite/sqlite-store.ts";
import type { Claim, Settlement, Store } from "../src/store/store.ts";

const minute = 60_000;
const contactCount = 3;

/** What is done to both stores. Places are taken modulo what there is. */
type Step =
  | { do: "accept"; contact: number; sendInMs?: number; expiresInMs: number; key?: number; body: number }
  | { do: "receive"; contact: number; clientMessage: number }
  | { do: "claim"; limit: number; leaseMs: number; paced: boolean }
  | { do: "settle"; claim: number; status: Settlement["decision"]["status"]; afterMs: number }
  | { do: "apply" | "cancel" | "retry" | "drop"; message: number }
  | { do: "receipts"; contact: number; messages: number[]; status: "delivered" | "read" }
  | { do: "quota"; pauseMs?: number; count: number; resetMs: number }
  | { do: "remove"; ageMs: number; limit: number }
  | { do: "turn"; contact: number; state: "active" | "closed" }
  | { do: "delete"; contact: number }
  | { do: "advance"; milliseconds: number };

const duration = fc.integer({ min: 0, max: 10 * minute });
const place = fc.nat({ max: 30 });
const contact = fc.nat({ max: contactCount - 1 });
/** A kind of step, with fields of which some may be absent. */
function step(
  name: Step["do"],
  fields: Record<string, fc.Arbitrary<unknown>>,
  optional: string[] = [],
): fc.Arbitrary<Step> {
  const always = Object.keys(fields).filter((key) => !optional.includes(key));
  const record = fc.record(
    { do: fc.constant(name), ...fields },
    { requiredKeys: ["do", ...always] as never[] },
  );
  return record as unknown as fc.Arbitrary<Step>;
}

const accept = step(
  "accept",
  { contact, sendInMs: duration, expiresInMs: duration, key: fc.nat({ max: 3 }), body: fc.nat({ max: 1 }) },
  ["sendInMs", "key"],
);
const claim = step("claim", {
  limit: fc.integer({ min: 1, max: 4 }),
  leaseMs: fc.integer({ min: 1, max: 5 * minute }),
  paced: fc.boolean(),
});
const settle = step("settle", {
  claim: fc.nat({ max: 3 }),
  status: fc.constantFrom("sent", "sent", "failed", "unknown", "retry_wait", "ambiguous", "ambiguous"),
  afterMs: duration,
});

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: accept },
    { weight: 8, arbitrary: claim },
    { weight: 8, arbitrary: settle },
    { weight: 4, arbitrary: step("advance", { milliseconds: duration }) },
    step("apply", { message: place }),
    step("cancel", { message: place }),
    step("retry", { message: place }),
    step("drop", { message: place }),
    step("receive", { contact, clientMessage: fc.nat({ max: 5 }) }),
    step("receipts", {
      contact,
      messages: fc.array(place, { maxLength: 5 }),
      status: fc.constantFrom("delivered", "read"),
    }),
    step("quota", { pauseMs: duration, count: fc.nat({ max: 4 }), resetMs: duration }, ["pauseMs"]),
    step("remove", { ageMs: duration, limit: fc.integer({ min: 1, max: 5 }) }),
    step("turn", { contact, state: fc.constantFrom("active", "closed") }),
    step("delete", { contact }),
  ),
  { minLength: 10, maxLength: 80 },
);

const pace = { allowed: 4, windowMs: 5 * minute };
const modes: DeliveryMode[] = ["reconcile", "at-least-once", "at-most-once"];

/** One store with what was done to it so far. */
class Run {
  readonly store: Store;
  readonly #time: { now: number };
  readonly messages: string[] = [];
  readonly #claims: Claim[] = [];
  #inbound = 0;

  constructor(store: Store, time: { now: number }) {
    this.store = store;
    this.#time = time;
  }

  async begin(): Promise<void> {
    for (let index = 0; index < contactCount; index += 1) {
      const createdAt = this.#time.now;
      await this.store.insertContact({
        id: `contact-${index}`,
        conversationId: `conversation-${index}`,
        state: "active",
        channel: "web",
        chatToken: `token-${index}`,
        createdAt,
        updatedAt: createdAt,
      });
    }
  }

  /** Does a step and says what came of it. */
  async take(step: Step): Promise<unknown> {
    const { store } = this;
    const { now } = this.#time;
    switch (step.do) {
      case "accept":
        return this.#accept(step);
      case "receive":
        return store.acceptInbound({
          id: `inbound-${this.#inbound++}`,
          contactId: `contact-${step.contact}`,
          direction: "inbound",
          status: "received",
          content: { type: "text", text: "Hi" },
          clientMessageId: `client-${step.clientMessage}`,
          createdAt: now,
        });
      case "claim":
        return this.#claim(step);
      case "settle":
        return this.#settle(step);
      case "receipts":
        return store.recordReceipts(
          `contact-${step.contact}`,
          step.messages.map((at) => this.#message(at)),
          step.status,
          now,
        );
      case "quota":
        return store.reportPace("web", pace, {
          ...(step.pauseMs === undefined ? {} : { pauseMs: step.pauseMs }),
          quota: { count: step.count, allowed: pace.allowed, resetMs: step.resetMs },
        });
      case "remove":
        return store.removeFinished(now - step.ageMs, step.limit);
      case "turn":
        return store.updateContact(`contact-${step.contact}`, { state: step.state }, now);
      case "delete":
        return store.deleteContact(`contact-${step.contact}`, now);
      case "advance":
        return undefined;
      case "apply":
        return store.recordApplied(this.#message(step.message), "by word");
      case "cancel":
        return store.cancelMessage(this.#message(step.message));
      case "drop":
        return store.dropMessage(this.#message(step.message));
      case "retry":
        return store.retryMessage(this.#message(step.message), now + 5 * minute);
    }
  }

  #accept(step: Step & { do: "accept" }) {
    const { now } = this.#time;
    const id = `message-${this.messages.length}`;
    this.messages.push(id);
    const contactId = `contact-${step.contact}`;
    return this.store.acceptMessage(
      {
        id,
        contactId,
        direction: "outbound",
        status: "queued",
        content: { type: "text", text: `text ${step.body}` },
        mode: modes[step.body] ?? "reconcile",
        ...(step.sendInMs === undefined ? {} : { sendAt: now + step.sendInMs }),
        expiresAt: now + step.expiresInMs,
        createdAt: now,
      },
      step.key === undefined
        ? undefined
        : {
            clientId: "client",
            route: `POST ${contactId}`,
            key: `key ${step.key}`,
            fingerprint: `text ${step.body}`,
            expiresAt: now + 20 * minute,
          },
    );
  }

  async #claim({ limit, leaseMs, paced }: Step & { do: "claim" }) {
    const request = { channel: "web", limit, leaseMs } as const;
    const claimed = await this.store.claim(paced ? { ...request, pace } : request);
    this.#claims.unshift(...claimed.claims);
    return claimed;
  }

  async #settle({ claim: at, status, afterMs }: Step & { do: "settle" }) {
    const claim = this.#claims[at];
    // No worker decides what cannot follow from the state in which it holds the message.
    if (!claim || !isTransition(claim.message.status, status)) return undefined;
    const reason = `It is ${status}.`;
    const outcome = claim.work === "send" ? ({ kind: "not-applied", reason } as const) : undefined;
    const decision: Settlement["decision"] =
      status === "sent"
        ? { status, channelMessageId: `${claim.message.id} there`, afterMs }
        : { status, reason, afterMs };
    return this.store.settle({ claim, decision, ...(outcome ? { outcome } : {}) });
  }

  #message(at: number): string {
    return this.messages[at % Math.max(1, this.messages.length)] ?? "none";
  }

  /** All that can be read, without the places that each store numbers in its own way. */
  async read(): Promise<unknown> {
    const { store } = this;
    const contacts = Array.from({ length: contactCount }, (_, index) => `contact-${index}`);
    const withoutPlace = ({ seq: _, ...message }: { seq: number }) => message;
    return {
      messages: await Promise.all(
        contacts.map(async (id) =>
          (await store.listMessages(id, { order: "oldest-first", limit: 1000 })).map(withoutPlace),
        ),
      ),
      dead: (
        await store.findMessages({ statuses: ["failed", "unknown", "expired", "queued"], limit: 1000 })
      ).map(withoutPlace),
      attempts: await Promise.all(this.messages.map((id) => store.listAttempts(id))),
      statuses: await Promise.all(
        contacts.flatMap((contactId) => this.messages.map((id) => store.listStatuses({ id, contactId }))),
      ),
      events: await Promise.all(
        contacts.map(async (id) => (await store.readEvents(0, 1000, id)).map(({ id: _, ...event }) => event)),
      ),
      contacts: await Promise.all(contacts.map((id) => store.findContact(id))),
    };
  }
}

/** Every status that a message has had followed by the table of transitions. */
async function expectTransitions({ store, messages }: Run): Promise<void> {
  for (const id of messages) {
    const statuses = (await store.listStatuses({ id, contactId: "" })).map(({ status }) => status);
    for (const [index, status] of statuses.entries()) {
      const before = statuses[index - 1];
      if (before && !isTransition(before, status)) expect.fail(`${before} → ${status}`);
    }
  }
}

function openSqlite(now: () => number): Store {
  const connection = new Connection(new Database(":memory:"));
  connection.get("PRAGMA foreign_keys = ON");
  migrate(connection);
  return createSqliteStore(connection, now);
}

test("SQLite answers as the memory store does, whatever is done to them", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const time = { now: Date.parse("2026-11-22T12:00:00Z") };
      const now = () => time.now;
      const [model, real] = [new Run(createMemoryStore(now), time), new Run(openSqlite(now), time)];
      try {
        for (const run of [model, real]) await run.begin();
        for (const each of list) {
          if (each.do === "advance") time.now += each.milliseconds;
          expect(await real.take(each)).toEqual(await model.take(each));
        }
        expect(await real.read()).toEqual(await model.read());
        await expectTransitions(real);
      } finally {
        await real.store.close();
      }
    }),
    { numRuns: 300 },
  );
});

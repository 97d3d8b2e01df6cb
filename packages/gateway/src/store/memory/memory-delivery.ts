import type { Channel } from "@quickcard/content";
import { deadLetters, expiredReason, mayTurnOutApplied, workFor } from "../../delivery/message-state.ts";
import type { AttemptRecord, OutboundRecord } from "../records.ts";
import type { Claim, ClaimRequest, Claims, Pace, PaceReport, Settlement } from "../store.ts";
import { type MemoryData, withoutSeq } from "./memory-data.ts";
import { type Entry, type Lane, nextOf } from "./memory-lanes.ts";
import { MemoryPace } from "./memory-pace.ts";

/** Lanes, attempts and quotas over the memory store's data. */
export class MemoryDelivery {
  readonly #data: MemoryData;
  readonly #lanes = new Map<string, Lane>();
  readonly #attempts = new Map<string, AttemptRecord[]>();
  readonly #paces = new Map<Channel, MemoryPace>();

  constructor(data: MemoryData) {
    this.#data = data;
  }

  attempts(messageId: string): AttemptRecord[] {
    return structuredClone(this.#attempts.get(messageId) ?? []);
  }

  /** Puts a message that waits into its contact's lane. */
  enqueue(entry: Entry, channel: Channel): void {
    const lane = this.#lanes.get(entry.contactId) ?? this.#newLane(entry.contactId, channel);
    const dueAt = Math.max(entry.sendAt ?? 0, this.#data.now(), lane.restsUntil);
    if (lane.headId === undefined && !lane.isLeased) lane.dueAt = Math.min(lane.dueAt ?? dueAt, dueAt);
    this.#data.changed("messages");
  }

  forget(contactId: string): void {
    this.#lanes.delete(contactId);
  }

  forgetAttempts(messageId: string): void {
    this.#attempts.delete(messageId);
  }

  claim({ channel, limit, leaseMs, pace }: ClaimRequest): Claims {
    const now = this.#data.now();
    const quota = this.#paceOf(channel);
    const { permits, nextInMs } = quota.available(pace, now);
    if (permits === 0) return { claims: [], nextInMs: this.#hasWork(channel) ? nextInMs : undefined };
    const claims: Claim[] = [];
    for (const lane of this.#dueLanes(channel, now)) {
      if (claims.length >= Math.min(limit, permits)) break;
      const claim = this.#claimLane(lane, now, leaseMs);
      if (claim) claims.push(claim);
    }
    if (pace) quota.spend(claims.filter(({ work }) => work !== "recover").length, now);
    return { claims, nextInMs: this.#nextInMs(channel, now) };
  }

  settle({ claim, decision, outcome }: Settlement): boolean {
    const lane = this.#lanes.get(claim.contact.id);
    const entry = this.#data.outbound(claim.message.id);
    if (!lane || !entry || !this.#holds(lane, claim)) return false;
    const now = this.#data.now();
    const { status } = decision;
    const waits = status === "retry_wait" || status === "ambiguous";
    if (claim.work !== "search") {
      const nextAt = waits ? { nextAt: now + decision.afterMs } : {};
      this.#endAttempt(claim.message.id, {
        outcome: "ambiguous",
        ...toOutcome(outcome, decision),
        ...nextAt,
      });
    }
    if (status === "sent" && decision.channelMessageId !== undefined)
      entry.channelMessageId = decision.channelMessageId;
    this.#data.setStatus(entry, status, "reason" in decision ? decision.reason : undefined);
    if (!waits) {
      const pause = status === "sent" ? (decision.afterMs ?? 0) : 0;
      this.#goOn(lane, now, pause);
      return true;
    }
    lane.isLeased = false;
    lane.dueAt = now + decision.afterMs;
    if (status === "ambiguous") lane.ambiguousSince ??= now;
    else this.#clearDoubt(lane);
    return true;
  }

  recordApplied(messageId: string, channelMessageId: string | undefined): boolean {
    const entry = this.#data.outbound(messageId);
    if (!entry || !mayTurnOutApplied.includes(entry.status)) return false;
    if (channelMessageId !== undefined) entry.channelMessageId = channelMessageId;
    this.arrive(entry, "sent");
    return true;
  }

  /** Takes word that the channel has a message: whatever was under way for it is over. */
  arrive(entry: Entry, status: "sent" | "delivered" | "read"): void {
    this.#endAttempt(entry.id, { outcome: "applied" });
    this.#data.setStatus(entry, status, undefined);
    this.leave(entry);
  }

  /** Lets the lane go on where this message was at its head, whoever works on it. */
  leave(entry: Entry): void {
    const lane = this.#lanes.get(entry.contactId);
    if (lane?.headId !== entry.id) return;
    lane.epoch += 1;
    this.#goOn(lane, this.#data.now(), 0);
    this.#data.changed("messages");
  }

  report(channel: Channel, pace: Pace | undefined, report: PaceReport): void {
    this.#paceOf(channel).report(pace, report, this.#data.now());
  }

  cancel(messageId: string): boolean {
    const entry = this.#data.outbound(messageId);
    if (!entry || (entry.status !== "queued" && entry.status !== "retry_wait")) return false;
    this.#data.setStatus(entry, "cancelled", undefined);
    this.leave(entry);
    return true;
  }

  retry(messageId: string, expiresAt: number): boolean {
    const entry = this.#data.outbound(messageId);
    const contact = entry && this.#data.contact(entry.contactId);
    if (!entry || !contact || !deadLetters.includes(entry.status)) return false;
    delete entry.sendAt;
    delete entry.finishedAt;
    const arrived = this.#data.parts.get(messageId)?.filter(({ status }) => status !== "failed");
    if (arrived) this.#data.parts.set(messageId, arrived);
    entry.expiresAt = expiresAt;
    entry.position = this.#data.lastSeq() + 0.5;
    this.#data.setStatus(entry, "queued", undefined);
    this.enqueue(entry, contact.channel);
    return true;
  }

  #claimLane(lane: Lane, now: number, leaseMs: number): Claim | undefined {
    const head = this.#headOf(lane, now);
    if (!head) {
      this.#goOn(lane, now, 0);
      return undefined;
    }
    const contact = this.#data.contact(lane.contactId);
    if (!contact) return undefined;
    lane.headId = head.id;
    lane.epoch += 1;
    lane.isLeased = true;
    lane.dueAt = now + leaseMs;
    const work = workFor(head.status);
    if (work === "send") {
      this.#data.setStatus(head, "sending", undefined);
      this.#beginAttempt(head.id, now);
    } else if (work === "search") {
      lane.searches += 1;
      // It already is where the process that searched has died.
      if (head.status !== "reconciling") this.#data.setStatus(head, "reconciling", undefined);
    }
    return {
      contact: withoutSeq(contact),
      message: toRecord(head),
      epoch: lane.epoch,
      work,
      attempt: this.#attempts.get(head.id)?.length ?? 0,
      searches: lane.searches,
      ambiguousForMs: lane.ambiguousSince === undefined ? 0 : now - lane.ambiguousSince,
    };
  }

  /** The message that the lane is at; those whose time has run out are expired on the way. */
  #headOf(lane: Lane, now: number): Entry | undefined {
    let head = lane.headId === undefined ? undefined : this.#data.outbound(lane.headId);
    for (;;) {
      head ??= nextOf(this.#data.waiting(lane.contactId), now).entry;
      if (!head || !isExpired(head, now)) return head;
      this.#data.setStatus(head, "expired", expiredReason);
      delete lane.headId;
      head = undefined;
    }
  }

  #goOn(lane: Lane, now: number, pauseMs: number): void {
    delete lane.headId;
    delete lane.dueAt;
    lane.isLeased = false;
    this.#clearDoubt(lane);
    if (pauseMs > 0) lane.restsUntil = now + pauseMs;
    const next = nextOf(this.#data.waiting(lane.contactId), now);
    const dueAt = next.entry ? now : next.dueAt;
    if (dueAt !== undefined) lane.dueAt = Math.max(dueAt, lane.restsUntil);
  }

  #clearDoubt(lane: Lane): void {
    lane.searches = 0;
    delete lane.ambiguousSince;
  }

  #holds(lane: Lane, claim: Settlement["claim"]): boolean {
    return lane.epoch === claim.epoch && lane.isLeased && lane.headId === claim.message.id;
  }

  #beginAttempt(messageId: string, now: number): void {
    const attempts = this.#attempts.get(messageId) ?? [];
    this.#attempts.set(messageId, [...attempts, { number: attempts.length + 1, startedAt: now }]);
  }

  #endAttempt(messageId: string, end: Omit<AttemptRecord, "number" | "startedAt">): void {
    const last = this.#attempts.get(messageId)?.at(-1);
    if (last && last.endedAt === undefined) Object.assign(last, { endedAt: this.#data.now(), ...end });
  }

  #dueLanes(channel: Channel, now: number): Lane[] {
    return [...this.#lanes.values()]
      .filter((lane) => lane.channel === channel && lane.dueAt !== undefined && lane.dueAt <= now)
      .sort(
        (one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || this.#placeOf(one) - this.#placeOf(other),
      );
  }

  #placeOf(lane: Lane): number {
    return this.#data.contact(lane.contactId)?.seq ?? 0;
  }

  #hasWork(channel: Channel): boolean {
    return [...this.#lanes.values()].some((lane) => lane.channel === channel && lane.dueAt !== undefined);
  }

  #nextInMs(channel: Channel, now: number): number | undefined {
    let next: number | undefined;
    for (const { channel: its, dueAt } of this.#lanes.values()) {
      if (its === channel && dueAt !== undefined && (next === undefined || dueAt < next)) next = dueAt;
    }
    return next === undefined ? undefined : Math.max(0, next - now);
  }

  #newLane(contactId: string, channel: Channel): Lane {
    const lane: Lane = { contactId, channel, isLeased: false, epoch: 0, searches: 0, restsUntil: 0 };
    this.#lanes.set(contactId, lane);
    return lane;
  }

  #paceOf(channel: Channel): MemoryPace {
    const pace = this.#paces.get(channel) ?? new MemoryPace();
    this.#paces.set(channel, pace);
    return pace;
  }
}

function isExpired(head: Entry, now: number): boolean {
  return (head.status === "queued" || head.status === "retry_wait") && head.expiresAt <= now;
}

function toOutcome(outcome: Settlement["outcome"], decision: Settlement["decision"]) {
  const reason = outcome?.reason ?? ("reason" in decision ? decision.reason : undefined);
  return { ...(outcome ? { outcome: outcome.kind } : {}), ...(reason === undefined ? {} : { reason }) };
}

/** A copy without what only the store needs. */
export function toRecord(entry: Entry): OutboundRecord {
  const { seq: _, position: __, finishedAt: ___, ...record } = structuredClone(entry);
  return record;
}

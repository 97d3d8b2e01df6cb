import type { EventRecord } from "../records.ts";
import { type LanePlace, type ReplayRange, rewindLane } from "../rewind-lane.ts";
import {
  type NotificationClaim,
  type NotificationClaims,
  type NotificationRequest,
  type NotificationResult,
  type PassedOverRecord,
  passedOverLimit,
  type SubscriptionChoice,
  type SubscriptionRecord,
  type SubscriptionStanding,
  type SubscriptionStore,
  type SubscriptionUpdate,
  waitingCountLimit,
} from "../subscription-store.ts";
import type { MemoryData } from "./memory-data.ts";

/** How far a subscription has been told of one contact. */
interface Lane extends LanePlace {
  /** While it is claimed: when the lease runs out. */
  dueAt: number;
  isClaimed: boolean;
  epoch: number;
  attempts: number;
  failingSince?: number;
}

interface Row {
  record: SubscriptionRecord;
  /** Lanes were made of the events up to this place. */
  spreadTo: number;
  pausedUntil: number;
  /** The epoch of the last claim: they never repeat, also where a lane has come and gone. */
  epochs: number;
  lanes: Map<string, Lane>;
  lastAttempt?: NonNullable<SubscriptionStanding["lastAttempt"]>;
  passedOver: PassedOverRecord[];
}

/** How many events one claim spreads over lanes. */
const spreadBatch = 1000;

function isChosen({ id }: SubscriptionRecord, { only = id, except }: SubscriptionChoice): boolean {
  return id === only && id !== except;
}

/** The subscriptions of the memory store. */
export class MemorySubscriptions {
  readonly #data: MemoryData;
  readonly #rows = new Map<string, Row>();

  constructor(data: MemoryData) {
    this.#data = data;
  }

  methods(): SubscriptionStore {
    return {
      insertSubscription: async (record, limit) => this.#insert(record, limit),
      findSubscription: async (id) => structuredClone(this.#rows.get(id)?.record),
      listSubscriptions: async () => structuredClone([...this.#rows.values()].map(({ record }) => record)),
      updateSubscription: async (id, update) => this.#update(id, update),
      rotateSecret: async (id, secret, previous) => this.#rotate(id, secret, previous),
      deleteSubscription: async (id) => this.#rows.delete(id),
      findStanding: async (id) => this.#standing(id),
      replayEvents: async (id, range) => this.#replay(id, range),
      claimNotifications: async (request) => this.#claim(request),
      settleNotification: async (claim, result) => this.#settle(claim, result),
    };
  }

  #insert(record: SubscriptionRecord, limit: number): boolean {
    if (this.#rows.size >= limit) return false;
    const spreadTo = this.#data.lastEventId();
    const fresh = { pausedUntil: 0, epochs: 0, lanes: new Map(), passedOver: [] };
    this.#rows.set(record.id, { record: structuredClone(record), spreadTo, ...fresh });
    return true;
  }

  #update(id: string, { state, ...update }: SubscriptionUpdate): SubscriptionRecord | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    const { endedReason: _, ...rest } = row.record;
    row.record = { ...(state === undefined ? row.record : rest), ...structuredClone(update) };
    if (state === "active") row.record.state = "active";
    else if (state !== undefined) Object.assign(row.record, { state: "ended", endedReason: state.ended });
    this.#data.changed("events");
    return structuredClone(row.record);
  }

  #rotate(id: string, secret: string, previous: { until: number; keep: number }) {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    const now = this.#data.now();
    const older = row.record.secrets
      .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
      .map((old) => ({ ...old, expiresAt: Math.min(old.expiresAt ?? previous.until, previous.until) }));
    row.record = { ...row.record, secrets: [{ secret }, ...older.slice(0, previous.keep)] };
    return structuredClone(row.record);
  }

  #standing(id: string): SubscriptionStanding | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    const unspread = this.#data
      .readEvents(row.spreadTo, waitingCountLimit)
      .filter(({ type }) => row.record.events.includes(type)).length;
    const inLanes = [...row.lanes].map(([contactId, lane]) => this.#waiting(row, contactId, lane).length);
    const waiting = inLanes.reduce((sum, count) => sum + count, unspread);
    const failing = [...row.lanes.values()].flatMap(({ failingSince }) => failingSince ?? []);
    return {
      waiting: Math.min(waiting, waitingCountLimit),
      ...(failing.length > 0 ? { failingSince: Math.min(...failing) } : {}),
      ...(row.lastAttempt ? { lastAttempt: { ...row.lastAttempt } } : {}),
      passedOver: structuredClone(row.passedOver),
    };
  }

  #replay(id: string, { from, to }: { from: number; to: number }): number | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    const found = this.#data
      .readEvents(0, Number.POSITIVE_INFINITY)
      .filter(
        (event) =>
          event.id <= row.spreadTo &&
          event.createdAt >= from &&
          event.createdAt < to &&
          row.record.events.includes(event.type),
      );
    const ranges = new Map<string, ReplayRange>();
    for (const { contactId, id: place } of found) {
      ranges.set(contactId, { first: ranges.get(contactId)?.first ?? place, last: place });
    }
    for (const [contactId, range] of ranges) this.#rewind(row, contactId, range);
    this.#data.changed("events");
    return found.length;
  }

  #rewind(row: Row, contactId: string, range: ReplayRange): void {
    const lane = row.lanes.get(contactId);
    const { next, skip } = rewindLane(lane, range, row.spreadTo);
    if (lane && lane.next === next && lane.skip === skip) return;
    const idle = { dueAt: this.#data.now(), isClaimed: false, epoch: 0 };
    const { dueAt, isClaimed, epoch } = lane?.isClaimed ? lane : idle;
    row.lanes.set(contactId, { next, ...(skip ? { skip } : {}), dueAt, isClaimed, epoch, attempts: 0 });
  }

  #claim({ limit, limitPerSubscription, leaseMs, ...choice }: NotificationRequest): NotificationClaims {
    const now = this.#data.now();
    const claims: NotificationClaim[] = [];
    const waits: number[] = [];
    for (const row of this.#rows.values()) {
      if (row.record.state === "ended" || !isChosen(row.record, choice)) continue;
      if (this.#spread(row, now)) waits.push(0);
      if (row.pausedUntil > now) {
        waits.push(row.pausedUntil - now);
        continue;
      }
      const underWay = [...row.lanes.values()].filter(
        ({ isClaimed, dueAt }) => isClaimed && dueAt > now,
      ).length;
      const room = Math.min(limit - claims.length, limitPerSubscription - underWay);
      claims.push(...this.#claimLanes(row, room, now, leaseMs));
      for (const { dueAt } of row.lanes.values()) if (dueAt > now) waits.push(dueAt - now);
    }
    return { claims, nextInMs: waits.length > 0 ? Math.min(...waits) : undefined };
  }

  /** Makes lanes of new events. `true` where there are more. */
  #spread(row: Row, now: number): boolean {
    const events = this.#data.readEvents(row.spreadTo, spreadBatch);
    for (const { id: next, contactId, type } of events) {
      if (!row.record.events.includes(type) || row.lanes.has(contactId)) continue;
      row.lanes.set(contactId, { next, dueAt: now, isClaimed: false, epoch: 0, attempts: 0 });
    }
    row.spreadTo = events.at(-1)?.id ?? row.spreadTo;
    return events.length === spreadBatch;
  }

  #claimLanes(row: Row, room: number, now: number, leaseMs: number): NotificationClaim[] {
    const due = [...row.lanes]
      .filter(([, { dueAt }]) => dueAt <= now)
      .sort(([, a], [, b]) => a.dueAt - b.dueAt || a.next - b.next);
    const claims: NotificationClaim[] = [];
    for (const [contactId, lane] of due) {
      if (claims.length >= room) break;
      const [event] = this.#waiting(row, contactId, lane);
      if (!event) {
        row.lanes.delete(contactId);
        continue;
      }
      row.epochs += 1;
      const attempt = lane.attempts + 1;
      const claimed = { epoch: row.epochs, attempts: attempt, isClaimed: true, dueAt: now + leaseMs };
      Object.assign(lane, { ...claimed, next: event.id });
      claims.push({ subscription: structuredClone(row.record), event, epoch: row.epochs, attempt });
    }
    return claims;
  }

  #settle(claim: NotificationClaim, result: NotificationResult): boolean {
    const { subscription, event, epoch } = claim;
    const row = this.#rows.get(subscription.id);
    const lane = row?.lanes.get(event.contactId);
    if (!row || !lane?.isClaimed || lane.epoch !== epoch) return false;
    const now = this.#data.now();
    const { kind, status } = result;
    const reason = kind === "taken" ? {} : { reason: result.reason };
    row.lastAttempt = { at: now, ...(status === undefined ? {} : { status }), ...reason };
    lane.isClaimed = false;
    lane.dueAt = now;
    if (kind === "retry" || kind === "ended") {
      lane.failingSince ??= now;
      if (kind === "ended") this.#update(subscription.id, { state: { ended: result.reason } });
      else {
        lane.dueAt = now + result.afterMs;
        row.pausedUntil = Math.max(row.pausedUntil, now + (result.pauseMs ?? 0));
      }
      return true;
    }
    if (kind === "passed-over") this.#notePassedOver(row, claim, result.reason);
    this.#advance(row, event, lane);
    return true;
  }

  #notePassedOver(row: Row, { event, attempt: attempts }: NotificationClaim, reason: string): void {
    const { id: eventId, contactId } = event;
    row.passedOver.unshift({ eventId, contactId, at: this.#data.now(), attempts, reason });
    row.passedOver.splice(passedOverLimit);
  }

  /** Lets a lane go on behind an event, unless a replay has put it back in the meantime. */
  #advance(row: Row, event: EventRecord, lane: Lane): void {
    if (lane.next === event.id) lane.next += 1;
    lane.attempts = 0;
    delete lane.failingSince;
    if (this.#waiting(row, event.contactId, lane).length === 0) row.lanes.delete(event.contactId);
  }

  /** What of a contact is still to be told, oldest first. */
  #waiting(row: Row, contactId: string, { next, skip }: Lane): EventRecord[] {
    return this.#data
      .readEvents(next - 1, Number.POSITIVE_INFINITY, contactId)
      .filter(
        ({ id, type }) =>
          id <= row.spreadTo &&
          row.record.events.includes(type) &&
          !(skip && id > skip.after && id <= skip.until),
      );
  }
}

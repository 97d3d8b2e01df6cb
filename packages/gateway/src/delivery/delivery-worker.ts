import type { ChannelAdapter, PartLog } from "../channels/channel.ts";
import type { Claim, PaceReport, Settlement, Store } from "../store/store.ts";
import { classifyError } from "./classification.ts";
import { type Decision, decideOnDoubt, decideOnEvidence, decideOnOutcome, type Situation } from "./decide.ts";
import { backoffMs, type DeliveryPolicy } from "./delivery-policy.ts";
import type { Evidence, SendOutcome } from "./send-outcome.ts";
import { WakeUp } from "./wake-up.ts";

/** How often a process tells the store where a quota stands: every answer tells it, and each report is a commit. */
const quotaReportEveryMs = 100;

/** The part of the store that delivery works on. */
export type DeliveryStore = Pick<
  Store,
  | "claim"
  | "settle"
  | "recordApplied"
  | "reportPace"
  | "listAttempts"
  | "findRenderings"
  | "listParts"
  | "recordPart"
  | "onChange"
>;

/** What delivery takes of the world. A simulator hands in its own. */
export interface DeliveryWorld {
  /** Milliseconds that never go back, on this process's clock. */
  monotonicNow(): number;
  /** Resolves after so long, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A signal that is aborted after so long. `cancel` lets go of its timer. */
  timeout(milliseconds: number): { signal: AbortSignal; cancel: () => void };
  /** From 0 up to 1. */
  random(): number;
}

/** What a worker stands on. */
export interface DeliveryWorkerOptions {
  store: DeliveryStore;
  channels: readonly ChannelAdapter[];
  policy: DeliveryPolicy;
  world: DeliveryWorld;
  /** Told of what goes wrong inside, never of a message's text. */
  onError: (error: unknown, what: string) => void;
  /** Told of each report that the store took. */
  onSettled?: (settlement: Settlement) => void;
}

/**
 * Delivers what waits: claims lanes, hands the head of each to its channel, and reports what came of it. Any number
 * of workers, in any number of processes, may stand on one store: the claims keep them off each other's lanes.
 */
export class DeliveryWorker {
  readonly #options: DeliveryWorkerOptions;
  readonly #stopping = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #inFlight = new Set<Promise<void>>();
  /** When the next quota of a channel is worth a report. */
  readonly #quotaDueAt = new Map<string, number>();
  /** How many of those in flight have only their report left. */
  #reporting = 0;
  #running: Promise<void> | undefined;

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    const unsubscribe = this.#options.store.onChange((change) => {
      if (change === "messages") this.#wakeUp.call();
    });
    this.#running = this.#work().finally(unsubscribe);
  }

  /** Finishes what is under way and begins nothing new; what waits is there for the next worker. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.call();
    await this.#running;
    await Promise.all(this.#inFlight);
  }

  async #work(): Promise<void> {
    const { policy, world, onError } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        const waitMs = await this.#claimAll();
        if (waitMs > 0) await this.#wakeUp.wait((signal) => world.sleep(waitMs, signal));
      } catch (error) {
        onError(error, "delivery rests, since the store failed");
        await world.sleep(policy.restAfterFailureMs, this.#stopping.signal);
      }
    }
  }

  /** Begins all that there is room for, and says how long to wait for more where nothing calls before. */
  async #claimAll(): Promise<number> {
    const { channels, policy, store, world } = this.#options;
    let waitMs = policy.pollMs;
    for (const channel of channels) {
      const room = this.#room();
      if (room === 0) break;
      const claimedAt = world.monotonicNow();
      const { pace } = channel.traits;
      const request = { channel: channel.name, limit: room, leaseMs: policy.leaseMs };
      const { claims, nextInMs } = await store.claim(pace ? { ...request, pace } : request);
      for (const claim of claims) this.#begin(claim, channel, claimedAt + policy.leaseMs);
      if (nextInMs !== undefined)
        waitMs = Math.min(waitMs, claims.length > 0 ? nextInMs : Math.max(nextInMs, 1));
    }
    return waitMs;
  }

  /**
   * How many lanes more to claim. One whose report is on its way to the store gives its room to the next, as long as no
   * more reports are on their way than lanes may be worked on. Many lanes in one claim cost hardly more than one, so a
   * few are not claimed.
   */
  #room(): number {
    const { maxInFlight } = this.#options.policy;
    const room = Math.min(
      maxInFlight - (this.#inFlight.size - this.#reporting),
      2 * maxInFlight - this.#inFlight.size,
    );
    return room < maxInFlight / 4 ? 0 : room;
  }

  #begin(claim: Claim, channel: ChannelAdapter, leaseEnd: number): void {
    const work = this.#deliver(claim, channel, leaseEnd)
      .catch((error: unknown) => this.#options.onError(error, "a lane is left to its lease"))
      .finally(() => {
        this.#inFlight.delete(work);
        if (this.#room() > 0) this.#wakeUp.call();
      });
    this.#inFlight.add(work);
  }

  async #deliver(claim: Claim, channel: ChannelAdapter, leaseEnd: number): Promise<void> {
    const situation = this.#situation(claim, channel);
    switch (claim.work) {
      case "recover":
        return this.#report({ claim, decision: decideOnDoubt("The process that sent it ended.", situation) });
      case "search":
        return this.#report({
          claim,
          decision: decideOnEvidence(await this.#search(claim, channel), situation),
        });
      case "send": {
        const outcome = await this.#send(claim, channel, leaseEnd);
        if (outcome) await this.#reportOutcome(claim, channel, outcome, decideOnOutcome(outcome, situation));
      }
    }
  }

  #situation(claim: Claim, channel: ChannelAdapter): Situation {
    const { policy, world } = this.#options;
    return {
      mode: claim.message.mode,
      attempts: claim.attempt,
      searches: claim.searches,
      ambiguousForMs: claim.ambiguousForMs,
      traits: channel.traits,
      policy,
      random: () => world.random(),
    };
  }

  /** `undefined` where the lease leaves no time for a request: the lane is then somebody else's. */
  async #send(claim: Claim, channel: ChannelAdapter, leaseEnd: number): Promise<SendOutcome | undefined> {
    const { policy, world } = this.#options;
    const { contact, message, attempt } = claim;
    const latestBegin = leaseEnd - policy.leaseMarginMs - channel.traits.requestTimeoutMs;
    const isTimely = () => world.monotonicNow() <= latestBegin;
    if (!isTimely()) return undefined;
    const timeout = world.timeout(channel.traits.requestTimeoutMs);
    try {
      const parts = partLog(this.#options.store, message.id);
      return await channel.send({ contact, message, attempt, parts, signal: timeout.signal, isTimely });
    } catch (error) {
      return classifyError(error);
    } finally {
      timeout.cancel();
    }
  }

  async #search(claim: Claim, channel: ChannelAdapter): Promise<Evidence> {
    const { contact, message, attempt } = claim;
    const timeout = this.#options.world.timeout(channel.traits.requestTimeoutMs);
    try {
      const attempts = await this.#options.store.listAttempts(message.id);
      const parts = partLog(this.#options.store, message.id);
      const { signal } = timeout;
      const found = await channel.search?.({ contact, message, attempt, attempts, parts, signal });
      return found ?? { kind: "unavailable", reason: "The channel cannot be searched." };
    } catch (error) {
      const { reason = "" } = { reason: "", ...classifyError(error) };
      return { kind: "unavailable", reason: `The search failed. ${reason}` };
    } finally {
      timeout.cancel();
    }
  }

  async #reportOutcome(
    claim: Claim,
    channel: ChannelAdapter,
    outcome: SendOutcome,
    decision: Decision,
  ): Promise<void> {
    const { store, onError } = this.#options;
    const { kind } = outcome;
    const report = this.#paceReportOf(channel, outcome);
    if (report) {
      await store
        .reportPace(channel.name, channel.traits.pace, report)
        .catch((error: unknown) => onError(error, "a pause was not noted"));
    }
    const told = kind === "applied" ? { kind } : { kind, reason: outcome.reason };
    await this.#report({ claim, decision, outcome: told });
  }

  /** What the pace is to know of an outcome: every pause, and the quota now and then. */
  #paceReportOf(channel: ChannelAdapter, { pauseMs, quota }: SendOutcome): PaceReport | undefined {
    const now = this.#options.world.monotonicNow();
    const isQuotaDue = quota !== undefined && now >= (this.#quotaDueAt.get(channel.name) ?? 0);
    if (isQuotaDue) this.#quotaDueAt.set(channel.name, now + quotaReportEveryMs);
    if (pauseMs === undefined && !isQuotaDue) return undefined;
    return { ...(pauseMs === undefined ? {} : { pauseMs }), ...(isQuotaDue ? { quota } : {}) };
  }

  /**
   * Reports until the store has taken it: what is known of a message must not be lost with a database that is away for
   * a while. Only a stop ends this; the lane's lease then tells the next process that a report is missing.
   */
  async #report(settlement: Settlement): Promise<void> {
    this.#reporting += 1;
    if (this.#room() > 0) this.#wakeUp.call();
    try {
      await this.#reportUntilTaken(settlement);
    } finally {
      this.#reporting -= 1;
    }
  }

  async #reportUntilTaken(settlement: Settlement): Promise<void> {
    const { store, policy, world, onError, onSettled } = this.#options;
    for (let failures = 1; ; failures += 1) {
      try {
        const taken = await store.settle(settlement);
        if (taken) onSettled?.(settlement);
        else if (settlement.decision.status === "sent") {
          await store.recordApplied(settlement.claim.message.id, settlement.decision.channelMessageId);
        }
        return;
      } catch (error) {
        onError(error, "a report waits for the store");
        if (this.#stopping.signal.aborted) throw error;
        await world.sleep(
          backoffMs(policy.restAfterFailureMs, policy.retryCapMs, failures, () => world.random()),
          this.#stopping.signal,
        );
      }
    }
  }
}

function partLog(store: DeliveryStore, messageId: string): PartLog {
  return {
    rendering: async () => (await store.findRenderings([messageId])).get(messageId),
    list: () => store.listParts(messageId),
    record: (part) => store.recordPart(messageId, part),
  };
}

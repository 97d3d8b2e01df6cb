import type { DeliveryWorld } from "../delivery/delivery-worker.ts";
import { WakeUp } from "../delivery/wake-up.ts";
import type { Store } from "../store/store.ts";
import type {
  NotificationClaim,
  NotificationResult,
  SubscriptionChoice,
  SubscriptionStore,
} from "../store/subscription-store.ts";
import type { NotificationPolicy } from "./notification-policy.ts";

/** What a worker stands on. */
export interface SubscriptionWorkerOptions {
  store: Pick<SubscriptionStore, "claimNotifications" | "settleNotification"> & Pick<Store, "onChange">;
  /** Of which subscriptions it tells. Default: of all. */
  choice?: SubscriptionChoice;
  /** Tells of one event, and says what becomes of it. */
  tell: (claim: NotificationClaim, signal: AbortSignal) => Promise<NotificationResult>;
  policy: NotificationPolicy;
  world: DeliveryWorld;
  /** Told of what goes wrong inside. What a subscriber does wrong is its subscription's standing. */
  onError: (error: unknown, what: string) => void;
}

/**
 * Tells subscribers what happens: claims what is due, posts it, and reports what came of it. Any number of workers,
 * in any number of processes, may stand on one store.
 */
export class SubscriptionWorker {
  readonly #options: SubscriptionWorkerOptions;
  readonly #stopping = new AbortController();
  readonly #cutOff = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #inFlight = new Set<Promise<void>>();
  #running: Promise<void> | undefined;

  constructor(options: SubscriptionWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    const unsubscribe = this.#options.store.onChange((change) => {
      if (change === "events") this.#wakeUp.call();
    });
    this.#running = this.#work().finally(unsubscribe);
  }

  /** Begins nothing new and waits a little for what is under way; what has no answer by then is told again later. */
  async stop(): Promise<void> {
    const { world, policy } = this.#options;
    this.#stopping.abort();
    this.#wakeUp.call();
    const { signal, cancel } = world.timeout(policy.stopGraceMs);
    signal.addEventListener("abort", () => this.#cutOff.abort());
    await this.#running;
    await Promise.all(this.#inFlight);
    cancel();
  }

  async #work(): Promise<void> {
    const { policy, world, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const { begun, waitMs } = await this.#claimAll();
        if (waitMs > 0) await this.#wakeUp.wait((called) => world.sleep(waitMs, called));
        if (begun === 0) await world.sleep(policy.gatherMs, signal);
      } catch (error) {
        onError(error, "subscribers wait, since the store failed");
        await world.sleep(policy.restAfterFailureMs, signal);
      }
    }
  }

  /** Begins all that there is room for, and says how long to wait for more where nothing calls before. */
  async #claimAll(): Promise<{ begun: number; waitMs: number }> {
    const { store, choice, policy, world } = this.#options;
    const limit = policy.maxInFlight - this.#inFlight.size;
    if (limit === 0) return { begun: 0, waitMs: policy.pollMs };
    const claimedAt = world.monotonicNow();
    const { claims, nextInMs } = await store.claimNotifications({
      ...choice,
      limit,
      limitPerSubscription: policy.maxInFlightPerSubscription,
      leaseMs: policy.leaseMs,
    });
    for (const claim of claims) this.#begin(claim, claimedAt + policy.leaseMs);
    return { begun: claims.length, waitMs: Math.min(policy.pollMs, nextInMs ?? policy.pollMs) };
  }

  #begin(claim: NotificationClaim, leaseEnd: number): void {
    const work = this.#tell(claim, leaseEnd)
      .catch((error: unknown) => this.#options.onError(error, "a notification is left to its lease"))
      .finally(() => {
        this.#inFlight.delete(work);
        this.#wakeUp.call();
      });
    this.#inFlight.add(work);
  }

  async #tell(claim: NotificationClaim, leaseEnd: number): Promise<void> {
    const { tell, policy, world } = this.#options;
    // A process that was frozen must not tell what another has told in the meantime.
    if (world.monotonicNow() > leaseEnd - policy.leaseMarginMs) return;
    const timeout = world.timeout(policy.requestTimeoutMs);
    const signal = AbortSignal.any([timeout.signal, this.#cutOff.signal]);
    await this.#report(claim, await tell(claim, signal).finally(timeout.cancel));
  }

  /** Reports until the store has taken it, or the gateway stops; the lease then lets the event be told again. */
  async #report(claim: NotificationClaim, result: NotificationResult): Promise<void> {
    const { store, policy, world, onError } = this.#options;
    for (;;) {
      try {
        await store.settleNotification(claim, result);
        return;
      } catch (error) {
        onError(error, "a report on a notification waits for the store");
        if (this.#stopping.signal.aborted) throw error;
        await world.sleep(policy.restAfterFailureMs, this.#stopping.signal);
      }
    }
  }
}

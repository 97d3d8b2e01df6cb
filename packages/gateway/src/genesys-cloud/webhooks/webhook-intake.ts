import type { OpenOutboundNormalizedMessage } from "@quickcard/client/genesys-cloud";
import type { DeliveryWorld } from "../../delivery/delivery-worker.ts";
import { StoreUnavailableError } from "../../gateway-error.ts";
import type { DiskSpool } from "../disk-spool.ts";
import { readWebhook } from "./read-webhook.ts";
import type { NotShown, Taken } from "./take-webhook.ts";

/** What the intake stands on. */
export interface IntakeOptions {
  /** Takes a webhook into the store. */
  take: (integrationId: string, message: OpenOutboundNormalizedMessage) => Promise<Taken>;
  /** Keeps for good that the customer will not see it. */
  keepNotShown: (integrationId: string, taken: NotShown) => Promise<void>;
  /** Where webhooks are kept while the store is away. */
  spool: Pick<DiskSpool, "append" | "list" | "read" | "remove" | "setAside">;
  /** How long the store has before the spool is used. */
  timeoutMs: number;
  restMs: number;
  world: Pick<DeliveryWorld, "sleep">;
  onError: (error: unknown, what: string) => void;
}

/**
 * Keeps webhooks, in the store or on disk, so that each can be answered at once whatever else is down. Those of one customer
 * are taken in the order in which they came.
 */
export class WebhookIntake {
  readonly #options: IntakeOptions;
  readonly #stopping = new AbortController();
  readonly #tails = new Map<string, Promise<void>>();
  /** How many were put on disk; and up to which of them all have been taken up again. */
  #spooled = 0;
  #drained = 0;
  #draining: Promise<void> | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left on disk. */
  async start(): Promise<void> {
    this.#spooled = (await this.#options.spool.list()).length;
    if (this.#spooled > 0) this.#drain();
  }

  /**
   * Resolves once the webhook is safe; rejects where neither store nor disk takes it.
   */
  async keep(integrationId: string, body: string): Promise<void> {
    const message = readWebhook(body);
    if (!message) {
      this.#options.onError(undefined, "a signed webhook is none that Genesys Cloud documents");
      return;
    }
    // What came before must not be overtaken.
    const isKept = this.#spooled === this.#drained && (await this.#takeInTime(integrationId, message));
    if (!isKept) await this.#toSpool(integrationId, body);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#draining;
    await Promise.allSettled(this.#tails.values());
  }

  /** `false` where the store did not take it, or has not yet: taken twice is taken once. */
  async #takeInTime(integrationId: string, message: OpenOutboundNormalizedMessage): Promise<boolean> {
    const { timeoutMs, world, onError } = this.#options;
    const done = new AbortController();
    const taking = this.#inTurn(message.channel.to.id, () => this.#take(integrationId, message)).then(
      () => true,
      (error: unknown) => {
        onError(error, "a webhook waits on disk for the store");
        return false;
      },
    );
    const late = world.sleep(timeoutMs, done.signal).then(() => false);
    const isTaken = await Promise.race([taking, late]);
    done.abort();
    return isTaken;
  }

  #inTurn(contactId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#tails.get(contactId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    this.#tails.set(contactId, mine);
    const leave = () => {
      if (this.#tails.get(contactId) === mine) this.#tails.delete(contactId);
    };
    mine.then(leave, leave);
    return mine;
  }

  async #take(integrationId: string, message: OpenOutboundNormalizedMessage): Promise<void> {
    const taken = await this.#options.take(integrationId, message);
    if (taken.kind === "not-shown") await this.#options.keepNotShown(integrationId, taken);
  }

  async #toSpool(integrationId: string, body: string): Promise<void> {
    this.#spooled += 1;
    await this.#options.spool.append(integrationId, body);
    this.#drain();
  }

  #drain(): void {
    this.#draining ??= this.#drainAll().finally(() => {
      this.#draining = undefined;
      if (this.#spooled > this.#drained && !this.#stopping.signal.aborted) this.#drain();
    });
  }

  async #drainAll(): Promise<void> {
    const { spool, world, restMs, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // Read before the list: what comes meanwhile is not counted as taken up.
      const spooled = this.#spooled;
      const names = await spool.list();
      if (names.length === 0) {
        this.#drained = spooled;
        return;
      }
      try {
        for (const name of names) if (!signal.aborted) await this.#takeSpooled(name);
      } catch (error) {
        onError(error, "webhooks on disk wait for the store");
        await world.sleep(restMs, signal);
      }
    }
  }

  async #takeSpooled(name: string): Promise<void> {
    const { spool, onError } = this.#options;
    try {
      const spooled = await spool.read(name);
      if (!spooled) return;
      const message = readWebhook(spooled.body);
      if (message) {
        await this.#inTurn(message.channel.to.id, () => this.#take(spooled.integrationId, message));
      }
      await spool.remove(name);
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
      onError(error, "a webhook is put aside, since it cannot be taken");
      await spool.setAside(name);
    }
  }
}

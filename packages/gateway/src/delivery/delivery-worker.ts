import type { Logger } from "pino";
import type { ChannelAdapter } from "../channels/channel.ts";
import type { ClaimedMessage, DeliveryOutcome, Store } from "../store/store.ts";

/** How many messages one round claims: one of each contact. */
const claimSize = 64;

/** How long the worker rests after a round that failed as a whole, such as when the database does not answer. */
const restAfterFailureMs = 1000;

/** What the worker stands on. */
export interface DeliveryWorkerOptions {
  store: Store;
  channels: readonly ChannelAdapter[];
  logger: Logger;
  now: () => number;
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Hands accepted messages to their channels: for each contact one at a time, in the order of their acceptance.
 * Contacts do not wait for one another within a round.
 */
export class DeliveryWorker {
  readonly #options: DeliveryWorkerOptions;
  readonly #stopping = new AbortController();
  #hasNews = true;
  #wake: (() => void) | undefined;
  #running: Promise<void> | undefined;

  constructor(options: DeliveryWorkerOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier process left, and works until it is stopped. */
  start(): void {
    const unsubscribe = this.#options.store.onChange((change) => {
      if (change === "messages") this.#notice();
    });
    this.#running = this.#work().finally(unsubscribe);
  }

  /** Finishes what is in flight; what waits stays queued for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#notice();
    await this.#running;
  }

  #notice(): void {
    this.#hasNews = true;
    this.#wake?.();
  }

  async #work(): Promise<void> {
    const { store, logger, now, sleep } = this.#options;
    let isRecovered = false;
    while (!this.#stopping.signal.aborted) {
      try {
        if (!isRecovered) await store.releaseClaims(now());
        isRecovered = true;
        await this.#deliverAll();
        await this.#nextNews();
      } catch (err) {
        logger.error({ err }, "delivery paused");
        await sleep(restAfterFailureMs, this.#stopping.signal);
      }
    }
  }

  async #deliverAll(): Promise<void> {
    const { store, now } = this.#options;
    this.#hasNews = false;
    while (!this.#stopping.signal.aborted) {
      const claimed = await store.claimMessages(claimSize, now());
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((claim) => this.#deliver(claim)));
    }
  }

  async #deliver(claim: ClaimedMessage): Promise<void> {
    const outcome = await this.#send(claim);
    await this.#options.store.finishAttempt(claim.message.id, claim.attempt, outcome, this.#options.now());
  }

  async #send({ message, contact }: ClaimedMessage): Promise<DeliveryOutcome> {
    const channel = this.#options.channels.find(({ name }) => name === contact.channel);
    if (!channel)
      return { kind: "failed", reason: `This gateway does not serve the channel ${contact.channel}.` };
    try {
      return await channel.send(message, contact);
    } catch (err) {
      this.#options.logger.error({ err, messageId: message.id }, "channel failed");
      return { kind: "failed", reason: "The channel failed inside the gateway; its log says how." };
    }
  }

  #nextNews(): Promise<void> {
    if (this.#hasNews || this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}

import type { ChannelAdapter } from "../../src/channels/channel.ts";
import type { DeliveryPolicy } from "../../src/delivery/delivery-policy.ts";
import {
  type DeliveryStore,
  DeliveryWorker,
  type DeliveryWorld,
} from "../../src/delivery/delivery-worker.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Lets a process call the world outside: it may be frozen meanwhile, and hears of nothing once it is dead. */
export type Through = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A channel of which each call is one to the world outside. */
export function calledThrough(channel: ChannelAdapter): (through: Through) => ChannelAdapter {
  const search = channel.search?.bind(channel);
  return (through) => ({
    name: channel.name,
    traits: channel.traits,
    send: (delivery) => through(() => channel.send(delivery)),
    ...(search ? { search: (delivery) => through(() => search(delivery)) } : {}),
  });
}

/** One gateway process: it can be killed, and frozen for a while. Its clock runs at a pace of its own. */
export class SimulatedProcess {
  readonly #time: VirtualTime;
  readonly #random: Random;
  /** How fast its clock runs: 1 is right. */
  readonly #clockRate: number;
  /** How often it is frozen just after a call to the world outside. */
  readonly #freezesAfterCall: () => number;
  readonly #longestFreezeMs: number;
  #isDead = false;
  #thaw: (() => void)[] | undefined;
  #unsubscribe: (() => void)[] = [];

  constructor(
    options: {
      store: DeliveryStore;
      /** Made for each process: its calls to the world outside go through what it is given. */
      channel: (through: Through) => ChannelAdapter;
      policy: DeliveryPolicy;
      freezesAfterCall: () => number;
      longestFreezeMs: number;
    },
    time: VirtualTime,
    random: Random,
  ) {
    this.#time = time;
    this.#random = random;
    this.#freezesAfterCall = options.freezesAfterCall;
    this.#longestFreezeMs = options.longestFreezeMs;
    this.#clockRate = 1 + (random.next() - 0.5) * 0.02;
    new DeliveryWorker({
      store: this.#storeOf(options.store),
      channels: [options.channel((work) => this.#call(work))],
      policy: options.policy,
      world: this.#world(),
      onError: () => {},
    }).start();
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Nothing of it ever happens again; what it has sent out goes on. */
  kill(): void {
    this.#isDead = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** Nothing of it happens for so long; then everything that was due does. */
  freeze(forMs: number): void {
    if (this.#thaw) return;
    this.#thaw = [];
    this.#time.schedule(forMs, () => {
      const waiting = this.#thaw ?? [];
      this.#thaw = undefined;
      for (const resume of waiting) resume();
    });
  }

  /** Resolves when the process can see that something has happened: never once it is dead. */
  #turn(): Promise<void> {
    if (this.#isDead) return new Promise(() => {});
    const frozen = this.#thaw;
    if (!frozen) return Promise.resolve();
    return new Promise((resolve) => frozen.push(resolve));
  }

  /** A call from the process to the world outside, and back. */
  async #call<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#turn();
    try {
      return await work();
    } finally {
      // The worst moment to be frozen: something has happened, and the process does not know yet.
      if (this.#random.chance(this.#freezesAfterCall()))
        this.freeze(this.#random.integer(1000, this.#longestFreezeMs));
      await this.#turn();
    }
  }

  #storeOf(store: DeliveryStore): DeliveryStore {
    const latency = () => this.#wait(this.#random.integer(0, 3));
    const through = <Result>(work: () => Promise<Result>) =>
      this.#call(async () => {
        await latency();
        const result = await work();
        await latency();
        return result;
      });
    return {
      claim: (request) => through(() => store.claim(request)),
      settle: (settlement) => through(() => store.settle(settlement)),
      recordApplied: (...applied) => through(() => store.recordApplied(...applied)),
      reportPace: (...report) => through(() => store.reportPace(...report)),
      listAttempts: (id) => through(() => store.listAttempts(id)),
      findRenderings: (ids) => through(() => store.findRenderings(ids)),
      listParts: (id) => through(() => store.listParts(id)),
      recordPart: (id, part) => through(() => store.recordPart(id, part)),
      onChange: (listener) => {
        const unsubscribe = store.onChange((change) => {
          void this.#turn().then(() => listener(change));
        });
        this.#unsubscribe.push(unsubscribe);
        return unsubscribe;
      },
    };
  }

  #world(): DeliveryWorld {
    return {
      monotonicNow: () => this.#time.now * this.#clockRate,
      random: () => this.#random.next(),
      sleep: async (milliseconds, signal) => {
        if (!signal.aborted) await this.#wait(milliseconds / this.#clockRate, signal);
        await this.#turn();
      },
      timeout: (milliseconds) => {
        const controller = new AbortController();
        const cancel = this.#time.schedule(milliseconds / this.#clockRate, () => {
          void this.#turn().then(() => controller.abort(new DOMException("", "TimeoutError")));
        });
        return { signal: controller.signal, cancel };
      },
    };
  }

  #wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#time.schedule(milliseconds, resolve);
      signal?.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  }
}

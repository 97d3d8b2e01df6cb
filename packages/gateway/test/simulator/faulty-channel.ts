import type { ChannelAdapter, ChannelTraits } from "../../src/channels/channel.ts";
import type { SendOutcome } from "../../src/delivery/send-outcome.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** One message as the customer's channel has it. */
export interface Applied {
  messageId: string;
  contactId: string;
  at: number;
}

/** How often each thing goes wrong, from 0 to 1. */
export interface FaultRates {
  refused: number;
  /** The connection breaks after the channel has taken the message. */
  resetAfterApplied: number;
  /** The channel takes it later than the sender waits for an answer. */
  late: number;
  errorAfterApplied: number;
  errorNotApplied: number;
  rateLimited: number;
  /** The channel says so before it answers. */
  echoBefore: number;
  echoAfter: number;
  /** The channel says so and never answers. */
  echoInstead: number;
  /** A search does not get through. */
  searchFails: number;
}

/** For how long at the most the channel goes on with a request that nobody waits for any more. */
const longestDelayMs = 4000;

/** For how long at the most a search does not yet show what was applied. */
const longestLagMs = 2000;

export const simulatedTraits: ChannelTraits = {
  repeat: "unsafe",
  evidence: true,
  requestTimeoutMs: 3000,
  settleMs: longestDelayMs + longestLagMs + 500,
};

type Fault = keyof Omit<FaultRates, "searchFails">;

/** A channel with a network in front of it that does all that networks do. It keeps a log of what it applied. */
export class FaultyChannel implements ChannelAdapter {
  readonly name = "web";
  readonly traits: ChannelTraits;
  readonly log: Applied[] = [];
  rates: FaultRates;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #echo: (messageId: string) => void;

  constructor(options: {
    time: VirtualTime;
    random: Random;
    rates: FaultRates;
    traits: ChannelTraits;
    /** Told of each message that the channel applied and says so about. */
    echo: (messageId: string) => void;
  }) {
    this.#time = options.time;
    this.#random = options.random;
    this.#echo = options.echo;
    this.rates = options.rates;
    this.traits = options.traits;
  }

  async send({ message, contact, signal }: Parameters<ChannelAdapter["send"]>[0]): Promise<SendOutcome> {
    const apply = () => this.log.push({ messageId: message.id, contactId: contact.id, at: this.#time.now });
    const echo = (delayMs: number) => this.#time.schedule(delayMs, () => this.#echo(message.id));
    const fault = this.#fault();
    const outwardMs = this.#random.integer(1, this.#random.chance(0.2) ? 2000 : 40);
    if (fault === "refused") throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    if (fault === "late") {
      this.#time.schedule(this.#random.integer(this.traits.requestTimeoutMs, longestDelayMs), apply);
      return this.#never(signal);
    }
    await this.#wait(outwardMs);
    if (fault === "rateLimited") {
      const pauseMs = this.#random.integer(0, 3) * 1000;
      return { kind: "not-applied", reason: "429", retryAfterMs: pauseMs, pauseMs };
    }
    if (fault === "errorNotApplied") return { kind: "ambiguous", reason: "500" };
    apply();
    if (fault === "errorAfterApplied") return { kind: "ambiguous", reason: "500" };
    if (fault === "resetAfterApplied") throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
    if (fault === "echoBefore") echo(0);
    if (fault === "echoAfter") echo(this.#random.integer(100, 2000));
    if (fault === "echoInstead") {
      echo(this.#random.integer(0, 8000));
      return this.#never(signal);
    }
    await this.#wait(this.#random.integer(1, this.#random.chance(0.2) ? 800 : 40));
    return { kind: "applied", channelMessageId: `c-${message.id}` };
  }

  async search({ message }: Parameters<NonNullable<ChannelAdapter["search"]>>[0]) {
    const lagMs = this.#random.integer(0, longestLagMs);
    const seenUntil = this.#time.now - lagMs;
    await this.#wait(this.#random.integer(1, 60));
    if (this.#random.chance(this.rates.searchFails)) {
      return { kind: "unavailable", reason: "503" } as const;
    }
    const found = this.log.some(({ messageId, at }) => messageId === message.id && at <= seenUntil);
    return found ? ({ kind: "found" } as const) : ({ kind: "absent" } as const);
  }

  #fault(): Fault | undefined {
    let left = this.#random.next();
    for (const [fault, rate] of Object.entries(this.rates)) {
      if (fault === "searchFails") continue;
      if (left < rate) return fault as Fault;
      left -= rate;
    }
    return undefined;
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#time.schedule(milliseconds, resolve);
    });
  }

  #never(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () =>
        reject(Object.assign(new Error("late"), { name: "TimeoutError" })),
      );
    });
  }
}

import {
  ConnectionCutError,
  type Fault,
  type StandIn,
  faults as standInFaults,
} from "@quickcard/emulator/vendors";
import type { ChannelHttp, ChannelPost } from "../../src/channels/channel-http.ts";
import type { Through } from "./process.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** How often each thing goes wrong on the way to a vendor, from 0 to 1; beside it what its stand-in can do. */
export type NetworkRates = Record<
  "refused" | "late" | "neverSent" | "slowAnswer" | Exclude<Fault, "none">,
  number
>;

/** For how long at the most a request is on its way: its sender does not wait so long, and settles longer. */
const longestDelayMs = 35_000;

const otherFaults = ["refused", "late", "neverSent", "slowAnswer"] as const;
const vendorFaults = standInFaults.filter((fault) => fault !== "none");
const allFaults = [...otherFaults, ...vendorFaults] as const;

export const noNetworkFaults = Object.fromEntries(allFaults.map((fault) => [fault, 0])) as NetworkRates;

export function chooseNetworkRates(random: Random): NetworkRates {
  const rates = { ...noNetworkFaults };
  for (const fault of allFaults) rates[fault] = random.chance(0.5) ? random.next() * 0.08 : 0;
  return rates;
}

/** The network between gateways and a vendor's stand-in, in virtual time. */
export class FaultyNetwork {
  rates: NetworkRates;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #standIn: Pick<StandIn, "fetch" | "fault">;
  /** The longest of the usual waits: to some vendors every way is long. */
  readonly #usualMs: number;

  constructor(options: {
    time: VirtualTime;
    random: Random;
    rates: NetworkRates;
    standIn: Pick<StandIn, "fetch" | "fault">;
  }) {
    this.rates = options.rates;
    this.#time = options.time;
    this.#random = options.random;
    this.#standIn = options.standIn;
    this.#usualMs = options.random.pick([40, 40, 2000]);
  }

  /** One process's connections to the vendor. */
  connect(through: Through): ChannelHttp {
    return {
      post: (post) => through(() => this.#post(post, through)),
      close: async () => {},
    };
  }

  async #post(post: ChannelPost, through: Through) {
    post.signal.throwIfAborted();
    const fault = this.#fault();
    if (fault === "refused") throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    // A connection is made first; the process may be frozen meanwhile, and looks at the time once more after that.
    await through(() => this.#wait(this.#latencyMs()));
    if (!post.isTimely()) throw Object.assign(new Error("too late"), { code: "TOO_LATE" });
    if (fault === "neverSent") return aborted(post.signal);
    if (fault === "late") {
      this.#time.schedule(this.#random.integer(1000, longestDelayMs), () => {
        void this.#bring(post).catch(() => undefined);
      });
      return aborted(post.signal);
    }
    await this.#wait(this.#latencyMs());
    if (isVendorFault(fault)) this.#standIn.fault(fault);
    const answer = await this.#bring(post);
    await this.#wait(fault === "slowAnswer" ? this.#random.integer(2000, 25_000) : this.#latencyMs());
    post.signal.throwIfAborted();
    return answer;
  }

  async #bring({ url, headers, body }: ChannelPost) {
    try {
      const answer = await this.#standIn.fetch(new Request(url, { method: "POST", headers, body }));
      return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown };
    } catch (error) {
      if (error instanceof ConnectionCutError)
        throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
      throw error;
    }
  }

  #fault(): keyof NetworkRates | undefined {
    let left = this.#random.next();
    for (const fault of allFaults) {
      if (left < this.rates[fault]) return fault;
      left -= this.rates[fault];
    }
    return undefined;
  }

  #latencyMs(): number {
    return this.#random.integer(1, this.#random.chance(0.1) ? 2000 : this.#usualMs);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#time.schedule(milliseconds, resolve);
    });
  }
}

function isVendorFault(fault: keyof NetworkRates | undefined): fault is Exclude<Fault, "none"> {
  return (vendorFaults as readonly (string | undefined)[]).includes(fault);
}

/** Rejects once nobody waits any more. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

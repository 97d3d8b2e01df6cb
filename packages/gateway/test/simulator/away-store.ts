import { StoreUnavailableError } from "../../src/gateway-error.ts";
import type { Store } from "../../src/store/store.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** How a database is away: it refuses, or it answers nobody until it is back. */
export type Absence = "refusing" | "hanging";

/** A store whose database goes away for a time. */
export class AwayStore {
  readonly store: Store;
  #absence: Absence | undefined;
  #waiting: (() => void)[] = [];

  constructor(kept: Store) {
    this.store = new Proxy(kept, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
        if (name === "onChange") return method;
        return (...input: unknown[]) => this.#call(() => method(...input));
      },
    });
  }

  /** Away from an instant on for so long, at times refusing and at times hanging. */
  goAway(time: VirtualTime, random: Random, { at, forMs }: { at: number; forMs: number }): void {
    for (let start = 0; start < forMs; start += 10_000) {
      time.schedule(at + start, () => this.#change(random.pick(["refusing", "hanging"] as const)));
    }
    time.schedule(at + forMs, () => this.#change(undefined));
  }

  #change(absence: Absence | undefined): void {
    this.#absence = absence;
    if (absence === "hanging") return;
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  async #call(work: () => Promise<unknown>): Promise<unknown> {
    if (this.#absence === "hanging") await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#absence === "refusing") throw new StoreUnavailableError("It is away.", "Wait.");
    return work();
  }
}

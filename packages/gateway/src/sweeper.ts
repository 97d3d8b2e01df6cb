import type { DeliveryWorld } from "./delivery/delivery-worker.ts";
import type { Store } from "./store/store.ts";

/** How a store is kept from growing for ever. */
export interface SweepOptions {
  store: Pick<Store, "removeExpired" | "removeFinished">;
  /** How long messages are kept once they are finished; `undefined`: for ever. */
  retentionMs: number | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
  world: Pick<DeliveryWorld, "sleep">;
}

/** How long lie between two sweeps, and between two steps of one. */
const sweepIntervalMs = 60_000;
const stepIntervalMs = 20;

/** How many rows one step removes: few, so that nobody waits behind it. */
const stepSize = 200;

/** Removes what has expired and messages that were kept long enough, in small steps, until a stop. */
export async function sweep(options: SweepOptions, stopping: AbortSignal): Promise<void> {
  const { store, retentionMs, now, world } = options;
  const steps = [
    () => store.removeExpired(now(), stepSize),
    async () =>
      retentionMs !== undefined && (await store.removeFinished(now() - retentionMs, stepSize)) === stepSize,
  ];
  for (const step of steps) {
    while (!stopping.aborted && (await step())) await world.sleep(stepIntervalMs, stopping);
  }
}

/** Sweeps at once and then every minute. */
export function startSweeper(options: SweepOptions & { onError: (error: unknown, what: string) => void }): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      await sweep(options, stopping.signal).catch((error: unknown) =>
        options.onError(error, "what has expired stays for now"),
      );
      await options.world.sleep(sweepIntervalMs, stopping.signal);
    }
  };
  const running = run();
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}

import type { Logger } from "pino";
import type { DeliveryWorld } from "./delivery/delivery-worker.ts";
import { StoreUnavailableError } from "./gateway-error.ts";

/** How long nothing fails for the store until an outage counts as over: all that rests tries again sooner. */
const quietMs = 10_000;

/** What telling of outages stands on. */
export interface OutageLogOptions {
  logger: Logger;
  world: Pick<DeliveryWorld, "monotonicNow" | "sleep">;
  /** Ends the waiting for the end of an outage. */
  stop: AbortSignal;
}

/**
 * Tells a log what goes wrong inside. Of an outage of the store it tells the beginning, each kind of work that rests for it
 * once, and the end; the same again is told at `debug`.
 */
export function outageLog({ logger, world, stop }: OutageLogOptions): (err: unknown, what: string) => void {
  let resting: Set<string> | undefined;
  let lastFailureAt = 0;

  async function tellEnd(): Promise<void> {
    const beganAt = lastFailureAt;
    for (
      let rest = quietMs;
      rest > 0 && !stop.aborted;
      rest = lastFailureAt + quietMs - world.monotonicNow()
    ) {
      await world.sleep(rest, stop);
    }
    resting = undefined;
    const seconds = Math.round((lastFailureAt - beganAt) / 1000);
    if (!stop.aborted) logger.warn({ seconds }, "the store answers again");
  }

  return (err, what) => {
    if (!(err instanceof StoreUnavailableError)) return logger.warn({ err }, what);
    lastFailureAt = world.monotonicNow();
    if (!resting) {
      resting = new Set();
      logger.error({ err }, "the store does not answer");
      void tellEnd();
    }
    const level = resting.has(what) ? "debug" : "warn";
    resting.add(what);
    logger[level]({ reason: err.message }, what);
  };
}

import { setTimeout as delay } from "node:timers/promises";
import type { DeliveryWorld } from "./delivery-worker.ts";

/** The world as it is: the machine's clock and chance. */
export function systemWorld(monotonicNow: () => number = () => performance.now()): DeliveryWorld {
  return {
    monotonicNow,
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
    timeout(milliseconds) {
      const ends = new AbortController();
      const timer = setTimeout(() => ends.abort(new DOMException("", "TimeoutError")), milliseconds);
      return { signal: ends.signal, cancel: () => clearTimeout(timer) };
    },
    random: Math.random,
  };
}

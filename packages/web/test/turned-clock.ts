import type { Clock } from "../src/chat/clock.ts";

/** A clock that stands still until it is turned. */
export interface TurnedClock extends Clock {
  /** The lengths of the waits under way, in the order in which they end. */
  waits(): number[];
  /** Lets time pass, and calls back what is due in it. */
  turn(ms: number): void;
}

/** Makes a clock that stands at 2026-11-22T12:00:00Z. */
export function createTurnedClock(): TurnedClock {
  const start = Date.parse("2026-11-22T12:00:00Z");
  let passed = 0;
  let timers: { at: number; ms: number; callback: () => void }[] = [];
  return {
    after(ms, callback) {
      const timer = { at: passed + ms, ms, callback };
      timers.push(timer);
      timers.sort((one, other) => one.at - other.at);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    now: () => start + passed,
    waits: () => timers.map(({ ms }) => ms),
    turn(ms) {
      const end = passed + ms;
      for (let next = timers[0]; next && next.at <= end; next = timers[0]) {
        timers = timers.slice(1);
        passed = next.at;
        next.callback();
      }
      passed = end;
    },
  };
}

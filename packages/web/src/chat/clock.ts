/** The clock that waiting is measured by; a test turns its own. */
export interface Clock {
  /** Calls back once after some time; the answer calls it off. */
  after(ms: number, callback: () => void): () => void;
  now(): number;
}

/** The clock of the browser. */
export const browserClock: Clock = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
};

/** A wait that can be cut short from outside. */
export interface Alarm {
  /** Resolves after some time, or as soon as `ring` is called. */
  wait(ms: number): Promise<void>;
  ring(): void;
}

/** Makes an alarm for one loop of work, which waits in one place at a time. */
export function createAlarm(clock: Clock): Alarm {
  let ring = (): void => {};
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const cancel = clock.after(ms, resolve);
        ring = () => {
          cancel();
          resolve();
        };
      }),
    ring: () => ring(),
  };
}

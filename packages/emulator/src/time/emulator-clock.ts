import { setImmediate } from "node:timers/promises";

/** Where time comes from: the machine's, or one that a test holds. */
export interface TimeSource {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after so many milliseconds of its time; returns what takes that back. */
  wake(afterMs: number, run: () => void): () => void;
}

/** The emulated organisation's time: a source's, turned forward by hand. */
export interface EmulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once when so many milliseconds have passed; returns what takes that back. */
  schedule(delayMs: number, run: () => void): () => void;
  /** Turns time forward; whatever falls due on the way happens in order, each at its own time. @throws RangeError for a negative time. */
  advance(ms: number): Promise<void>;
}

/** The longest that Node's timers can wait; they fire at once beyond it. */
const longestWaitMs = 2 ** 31 - 1;

/** The machine's time. It keeps no process alive by itself. */
export const systemTime: TimeSource = {
  now: Date.now,
  wake(afterMs, run) {
    const timer = setTimeout(run, Math.min(afterMs, longestWaitMs)).unref();
    return () => clearTimeout(timer);
  },
};

/** Time that stands still until the emulator's clock is advanced, for tests that want no chance in it. */
export function stoppedTime(at: number | Date): TimeSource {
  const now = Number(at);
  return { now: () => now, wake: () => () => {} };
}

interface Task {
  at: number;
  run: () => void;
  isCancelled: boolean;
}

/** Puts a dial on a source of time. `aheadMs` is how far it had been turned before; `onAdvance` hears of each turn. */
export function createClock(
  source: TimeSource,
  aheadMs: number,
  onAdvance: (aheadMs: number) => void,
): EmulatorClock {
  const tasks: Task[] = [];
  let ahead = aheadMs;
  let stopWaiting = () => {};
  const now = () => source.now() + ahead;

  /** The next task that is still wanted, at the end of the list. */
  function next(): Task | undefined {
    while (tasks.at(-1)?.isCancelled) tasks.pop();
    return tasks.at(-1);
  }

  function waitForNext(): void {
    stopWaiting();
    const task = next();
    if (task !== undefined) stopWaiting = source.wake(Math.max(0, task.at - now()), runDue);
  }

  function runDue(): void {
    for (let task = next(); task !== undefined && task.at <= now(); task = next()) {
      tasks.pop();
      task.run();
    }
    waitForNext();
  }

  return {
    now,
    schedule(delayMs, run) {
      const task: Task = { at: now() + delayMs, run, isCancelled: false };
      const index = firstAtOrBefore(tasks, task.at);
      tasks.splice(index, 0, task);
      if (index === tasks.length - 1) waitForNext();
      return () => {
        task.isCancelled = true;
      };
    },
    async advance(ms) {
      if (!(ms >= 0)) throw new RangeError("clock.advance: time can only be turned forward");
      let left = ms;
      for (let task = next(); task !== undefined && task.at - now() <= left; task = next()) {
        const step = Math.max(0, task.at - now());
        ahead += step;
        left -= step;
        tasks.pop();
        task.run();
        await setImmediate();
      }
      ahead += left;
      onAdvance(ahead);
      waitForNext();
    },
  };
}

/** Where a task of that time goes in a list whose earliest stands last; of two at one time, the first made stays nearer the end. */
function firstAtOrBefore(tasks: readonly Task[], at: number): number {
  let low = 0;
  let high = tasks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tasks[middle] as Task).at <= at) high = middle;
    else low = middle + 1;
  }
  return low;
}

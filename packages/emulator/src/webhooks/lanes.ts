import { setImmediate } from "node:timers/promises";
import type { EmulatorClock } from "../time/emulator-clock.ts";

/** How items of lanes are worked at. */
export interface LaneWork<Item> {
  clock: EmulatorClock;
  /** Milliseconds since 1970. */
  dueAt: (item: Item) => number;
  /** Whether an item that waited is still to be worked at. */
  isWanted: (item: Item) => boolean;
  /** Works at an item once; returns it as it waits for the next time, or nothing where it is finished. */
  work: (item: Item) => Promise<Item | undefined>;
}

/** Queues by key: within one, an item begins when the one before is finished. */
export interface Lanes<Item> {
  add(key: string, item: Item): void;
  /** Resolves once nothing is worked at and nothing is due. */
  settled(): Promise<void>;
  /** Begins nothing more. */
  stop(): void;
}

export function createLanes<Item>({ clock, dueAt, isWanted, work }: LaneWork<Item>): Lanes<Item> {
  const lanes = new Map<string, Item[]>();
  const running = new Set<Promise<void>>();
  let isStopped = false;

  function wake(key: string, item: Item): void {
    const delayMs = dueAt(item) - clock.now();
    if (delayMs <= 0) start(key);
    else clock.schedule(delayMs, () => start(key));
  }

  function start(key: string): void {
    if (isStopped) return;
    const run = walk(key).finally(() => running.delete(run));
    running.add(run);
  }

  /** Works at the head of a lane until the lane is empty or has to wait. */
  async function walk(key: string): Promise<void> {
    // The answer to the request that caused the item leaves first.
    await setImmediate();
    const lane = lanes.get(key) ?? [];
    for (let head = lane[0]; head !== undefined; head = lane[0]) {
      const waiting = isWanted(head) ? await work(head) : undefined;
      if (isStopped) return;
      if (waiting !== undefined) {
        lane[0] = waiting;
        wake(key, waiting);
        return;
      }
      lane.shift();
    }
    lanes.delete(key);
  }

  return {
    add(key, item) {
      const lane = lanes.get(key);
      if (lane !== undefined) lane.push(item);
      else {
        lanes.set(key, [item]);
        wake(key, item);
      }
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    stop() {
      isStopped = true;
    },
  };
}

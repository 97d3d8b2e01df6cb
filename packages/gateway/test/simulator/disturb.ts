import type { SimulatedProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { VirtualTime } from "./virtual-time.ts";

interface Disturbance {
  time: VirtualTime;
  random: Random;
  troubleMs: number;
  longestFreezeMs: number;
}

/** Starts one to three processes, and kills, replaces and freezes them at random. One is always left in the end. */
export function disturb(
  { time, random, troubleMs, longestFreezeMs }: Disturbance,
  start: () => SimulatedProcess,
): void {
  const processes = Array.from({ length: random.integer(1, 3) }, start);
  for (let count = random.integer(0, 12); count > 0; count -= 1) {
    time.schedule(random.integer(0, troubleMs), () => {
      const index = random.integer(0, processes.length - 1);
      if (random.chance(0.5)) {
        processes[index]?.kill();
        time.schedule(random.integer(1, 3000), () => {
          processes[index] = start();
        });
      } else processes[index]?.freeze(random.integer(100, longestFreezeMs));
    });
  }
}

import { setTimeout as delay } from "node:timers/promises";
import type { StandInWorld } from "./stand-in.ts";

/** The machine's clock where nothing else was given. */
export function worldOf({ now, sleep }: StandInWorld): Required<StandInWorld> {
  return {
    now: now ?? Date.now,
    sleep: sleep ?? (async (milliseconds) => void (await delay(milliseconds, undefined, { ref: false }))),
  };
}

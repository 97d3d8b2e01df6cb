import { setTimeout as delay } from "node:timers/promises";
import type { StandInWorld } from "./stand-in.ts";

/** How long an answer to a webhook is waited for. */
const answerTimeoutMs = 10_000;

/** The machine's clock and network where nothing else was given. */
export function worldOf({ now, sleep, deliver }: StandInWorld): Required<Omit<StandInWorld, "file">> {
  return {
    now: now ?? Date.now,
    sleep: sleep ?? (async (milliseconds) => void (await delay(milliseconds, undefined, { ref: false }))),
    deliver: deliver ?? ((request) => fetch(request, { signal: AbortSignal.timeout(answerTimeoutMs) })),
  };
}

import type { Turns } from "../pace/turns.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { Call, Layer } from "./layer.ts";

/**
 * Keeps all calls of a client within the window that the server tells of in `inin-ratelimit-*`, so that a long run meets no
 * 429: a burst passes while the window has room, then what is left is spread over the rest of it. What does so is loaded with
 * the first answer that tells of a window, or with a burst before it; where it cannot be loaded, calls go unpaced.
 */
export function pace({ time }: { readonly time: TimeAndChance }): Layer {
  const opening = new Opening();
  let turns: Turns = opening;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const part = await import("../pace/pacing.ts").catch(() => undefined);
    if (part) turns = new part.Pacing(time, opening.inFlight);
  }
  async function wait(call: Call): Promise<void> {
    loading ??= load();
    await loading;
    await turns.wait(call);
  }

  return (next) => async (call) => {
    if (!turns.passes()) await wait(call);
    try {
      const answer = await next(call);
      if (answer.headers["inin-ratelimit-allowed"] !== undefined) loading ??= load();
      if (turns === opening && loading) await loading;
      turns.answered(answer.headers);
      return answer;
    } catch (error) {
      turns.failed(error);
      throw error;
    }
  };
}

/** Requests that go out before the first answer has told of any limit. */
const openingBurst = 128;

/** The turns until a window is known: a burst passes. */
class Opening implements Turns {
  inFlight = 0;

  passes(): boolean {
    if (this.inFlight >= openingBurst) return false;
    this.inFlight += 1;
    return true;
  }

  async wait(): Promise<void> {
    this.inFlight += 1;
  }

  answered(): void {
    this.inFlight -= 1;
  }

  failed(): void {
    this.inFlight -= 1;
  }
}

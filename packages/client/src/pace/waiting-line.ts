import { onAbort } from "../core.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { RateWindow } from "./rate-window.ts";

/** Who waits, and until when. */
interface Waiter {
  readonly deadlineMs: number;
  readonly go: () => void;
  readonly giveUp: () => void;
}

/** Calls that wait for room in a window, in the order they came. */
export class WaitingLine {
  readonly #window: RateWindow;
  readonly #time: TimeAndChance;
  readonly #waiters = new Set<Waiter>();
  /** Ends the sleep until the next turn. */
  #wake = new AbortController();
  #isWatching = false;

  constructor(window: RateWindow, time: TimeAndChance) {
    this.#window = window;
    this.#time = time;
  }

  /** Whether a call can go at once: nobody waits, and there is room. It then counts as begun. */
  passes(): boolean {
    const nowMs = this.#time.monotonicMs();
    if (this.#waiters.size > 0 || this.#window.waitMs(nowMs) > 0) return false;
    this.#window.begin(nowMs);
    return true;
  }

  /**
   * Waits until it is the call's turn, which then counts as begun.
   *
   * @throws the signal's reason, or what `toError` makes once the deadline has passed.
   */
  wait(deadlineMs: number, signal: AbortSignal | undefined, toError: () => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        stopListening();
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        deadlineMs,
        go: () => {
          leave();
          resolve();
        },
        giveUp: () => {
          leave();
          reject(toError());
        },
      };
      this.#waiters.add(waiter);
      const stopListening = onAbort(signal, () => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
        this.wake();
      });
      if (!this.#isWatching) void this.#watch();
    });
  }

  /** Looks again whose turn it is: something was answered. */
  wake(): void {
    if (this.#isWatching) this.#wake.abort();
  }

  /** Lets calls go one after the other, as long as any waits. */
  async #watch(): Promise<void> {
    this.#isWatching = true;
    while (this.#waiters.size > 0) {
      this.#wake = new AbortController();
      const { signal } = this.#wake;
      const waitMs = this.#letGo();
      if (this.#waiters.size === 0) break;
      await (waitMs === Number.POSITIVE_INFINITY
        ? new Promise<void>((resolve) => onAbort(signal, resolve))
        : this.#time.sleep(waitMs, signal).catch(() => undefined));
    }
    this.#isWatching = false;
  }

  /** Lets go who can go now and gives up who waited too long. Returns when to look again; never, where only an answer can help. */
  #letGo(): number {
    const nowMs = this.#time.monotonicMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiters) {
      const waitMs = this.#window.waitMs(nowMs);
      if (waiter.deadlineMs <= nowMs) waiter.giveUp();
      else if (waitMs === 0) {
        this.#window.begin(nowMs);
        waiter.go();
      } else if (waitMs !== Number.POSITIVE_INFINITY) {
        nextMs = Math.min(nextMs, waitMs, waiter.deadlineMs - nowMs);
      }
    }
    return nextMs;
  }
}

import { setTimeout as delay } from "node:timers/promises";
import type { Progress } from "../progress.ts";

/** How often progress is counted, and how often those who wait for it look. */
const lookEveryMs = 50;

/** Progress that many wait for: counted once for all of them. */
export class SharedProgress {
  readonly #progress: Progress;
  #reading: Promise<number> | undefined;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /**
   * Resolves once so much is done, from 0 up to 1.
   *
   * @throws StalledError
   */
  async reaches(share: number): Promise<void> {
    while ((await this.#read()) < share) await delay(lookEveryMs);
  }

  #read(): Promise<number> {
    this.#reading ??= this.#progress.read().finally(() => {
      setTimeout(() => {
        this.#reading = undefined;
      }, lookEveryMs);
    });
    return this.#reading;
  }
}

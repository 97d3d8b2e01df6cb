import { StalledError } from "./world.ts";

/** How long nothing may happen before a run is given up: longer than every lease, settling time and wait together. */
export const stallMs = 45_000;

/** Measures how far a run has come, and notices where it comes no further. */
export class Progress {
  readonly #total: number;
  readonly #countDone: () => Promise<number>;
  #done = 0;
  #changedAt = performance.now();

  constructor(total: number, countDone: () => Promise<number>) {
    this.#total = total;
    this.#countDone = countDone;
  }

  /** @throws StalledError */
  async read(): Promise<number> {
    const done = await this.#countDone();
    const now = performance.now();
    if (done !== this.#done) this.#changedAt = now;
    this.#done = done;
    if (done < this.#total && now - this.#changedAt > stallMs)
      throw new StalledError(`nothing has happened for ${stallMs} ms`);
    return done / this.#total;
  }
}

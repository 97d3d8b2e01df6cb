/** Lets one loop sleep until somebody calls. A call that comes while nobody sleeps is kept for the next sleep. */
export class WakeUp {
  #called = false;
  #sleeper: AbortController | undefined;

  call(): void {
    this.#called = true;
    this.#sleeper?.abort();
  }

  /** Sleeps as `sleep` does, and no longer than until the next call. */
  async wait(sleep: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (!this.#called) {
      this.#sleeper = new AbortController();
      await sleep(this.#sleeper.signal);
      this.#sleeper = undefined;
    }
    this.#called = false;
  }
}

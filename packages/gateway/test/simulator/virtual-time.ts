interface Entry {
  at: number;
  order: number;
  run: () => void;
}

/** Time that passes only when nothing more can happen at the present instant. */
export class VirtualTime {
  now = 0;
  #order = 0;
  #entries: Entry[] = [];

  /** Runs something later; returns what calls it off. */
  schedule(delayMs: number, run: () => void): () => void {
    const entry = { at: this.now + Math.max(0, delayMs), order: this.#order++, run };
    let index = this.#entries.length;
    while (index > 0 && isAfter(this.#entries[index - 1], entry)) index -= 1;
    this.#entries.splice(index, 0, entry);
    return () => {
      const at = this.#entries.indexOf(entry);
      if (at >= 0) this.#entries.splice(at, 1);
    };
  }

  /** Lets everything happen until `end`, or until `isDone`. */
  async run(end: number, isDone: () => boolean = () => false): Promise<void> {
    await settle();
    while (!isDone()) {
      const next = this.#entries[0];
      if (!next || next.at > end) break;
      this.#entries.shift();
      this.now = next.at;
      next.run();
      await settle();
    }
    if (this.#entries[0] === undefined || this.now < end)
      this.now = Math.max(this.now, isDone() ? this.now : end);
  }
}

function isAfter(one: Entry | undefined, other: Entry): boolean {
  return one !== undefined && (one.at > other.at || (one.at === other.at && one.order > other.order));
}

/** Lets every promise that can settle do so: they are all of this process, so one turn of the loop is enough. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

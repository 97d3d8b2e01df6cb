/** Work in lanes: in each lane one piece at a time, in the order in which it came. */
export interface Lanes {
  /** Does a piece of work once its lane is free, and tells what came of it. */
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result>;
}

interface Piece {
  readonly lane: string;
  readonly work: () => Promise<void>;
}

/** Makes lanes in which, all together, at most `concurrency` pieces are being done at once. */
export function createLanes(concurrency: number): Lanes {
  /** What waits in each lane that is busy or has its turn coming. */
  const waiting = new Map<string, Piece[]>();
  /** Pieces whose lane is free, in the order of their turn. */
  const ready: Piece[] = [];
  let running = 0;

  function startReady(): void {
    while (running < concurrency) {
      const piece = ready.shift();
      if (!piece) return;
      running += 1;
      void piece.work().finally(() => finish(piece.lane));
    }
  }

  function finish(lane: string): void {
    running -= 1;
    const next = waiting.get(lane)?.shift();
    if (next) ready.push(next);
    else waiting.delete(lane);
    startReady();
  }

  return {
    run: (lane, work) =>
      new Promise((resolve, reject) => {
        const piece = { lane, work: async () => await work().then(resolve, reject) };
        const queue = waiting.get(lane);
        if (queue) {
          queue.push(piece);
          return;
        }
        waiting.set(lane, []);
        ready.push(piece);
        startReady();
      }),
  };
}

import { StoreUnavailableError } from "../../gateway-error.ts";

/** How calls are grouped. */
export interface GroupedCallsOptions<Request, Result> {
  /** Does all that is asked in one go; the results in the order of the requests. */
  run: (requests: Request[]) => Promise<Result[]>;
  /** Two requests with the same key are never in one batch: the later one waits for the next. Default: none has one. */
  keyOf?: (request: Request) => string | undefined;
  maxBatch: number;
  /** How many batches are under way at once. */
  maxInFlight: number;
}

interface Call<Request, Result> {
  request: Request;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes one round trip and one flush to disk of many calls: those that come while a batch is under way go together in
 * the next. Nothing waits for a batch to fill.
 */
export class GroupedCalls<Request, Result> {
  readonly #options: GroupedCallsOptions<Request, Result>;
  readonly #inFlight = new Set<Promise<void>>();
  #waiting: Call<Request, Result>[] = [];
  #isScheduled = false;

  constructor(options: GroupedCallsOptions<Request, Result>) {
    this.#options = options;
  }

  call(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#schedule();
    });
  }

  /** Resolves once all that was called is answered. */
  async drain(): Promise<void> {
    while (this.#inFlight.size > 0 || this.#waiting.length > 0) {
      this.#dispatch();
      await Promise.race(this.#inFlight);
    }
  }

  /** After the events that are at hand now, so that what they call goes together. */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight.size >= this.#options.maxInFlight) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && this.#inFlight.size < this.#options.maxInFlight) {
      const batch = this.#run(this.#takeBatch()).finally(() => {
        this.#inFlight.delete(batch);
        if (this.#waiting.length > 0) this.#schedule();
      });
      this.#inFlight.add(batch);
    }
  }

  #takeBatch(): Call<Request, Result>[] {
    const { maxBatch, keyOf } = this.#options;
    if (!keyOf) return this.#waiting.splice(0, maxBatch);
    const keys = new Set<string>();
    const batch: Call<Request, Result>[] = [];
    const rest: Call<Request, Result>[] = [];
    for (const call of this.#waiting) {
      const key = keyOf(call.request);
      const fits = batch.length < maxBatch && (key === undefined || !keys.has(key));
      if (fits && key !== undefined) keys.add(key);
      (fits ? batch : rest).push(call);
    }
    this.#waiting = rest;
    return batch;
  }

  async #run(calls: Call<Request, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(calls.map(({ request }) => request));
      for (const [index, { resolve }] of calls.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (calls.length === 1 || error instanceof StoreUnavailableError) {
        for (const { reject } of calls) reject(error);
        return;
      }
      // One of them cannot be done. The others must not fail with it.
      for (const call of calls) await this.#run([call]);
    }
  }
}

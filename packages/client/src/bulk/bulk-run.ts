import type { OutboundMessage } from "../contacts-api.ts";
import { OpenMessagingError } from "../core.ts";
import { createLanes, type Lanes } from "../lanes.ts";
import { bulkKey } from "./bulk-key.ts";
import type { BulkFailed, BulkResult, BulkRow, BulkSent, BulkUnknown } from "./bulk-row.ts";

/** For each message on its way, so many more rows are held whose contact is busy. */
const rowsHeldForEach = 4;

/** Errors that every other row would meet as well. */
const fatalCodes: ReadonlySet<string> = new Set([
  "invalid_configuration",
  "authentication_failed",
  "permission_denied",
  "route_not_published",
  "redirected",
]);

/** Sends one message with an idempotency key. */
export type SendOne = (
  row: BulkRow,
  options: { readonly idempotencyKey: string | undefined; readonly signal: AbortSignal },
) => Promise<OutboundMessage>;

interface BulkRunSettings {
  readonly concurrency: number;
  readonly batch: string;
}

/** One run over many rows. Rows are taken from their source only while somebody waits for a result. */
export class BulkRun {
  readonly #sendOne: SendOne;
  readonly #source: AsyncIterator<BulkRow> | Iterator<BulkRow>;
  readonly #settings: BulkRunSettings;
  readonly #lanes: Lanes;
  readonly #calls = new AbortController();
  readonly #results: BulkResult[] = [];
  /** Rows taken of which nothing is known yet. */
  #held = 0;
  #taken = 0;
  #isTaking = false;
  #isExhausted = false;
  /** Why no more rows are taken, once what is on its way has been told of. */
  #end: { readonly reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(sendOne: SendOne, rows: AsyncIterable<BulkRow> | Iterable<BulkRow>, settings: BulkRunSettings) {
    this.#sendOne = sendOne;
    this.#source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
    this.#settings = settings;
    this.#lanes = createLanes(settings.concurrency);
  }

  /** Ends the calls that are on their way; their results are still told. */
  abort(reason: unknown): void {
    this.#stop(reason);
    this.#calls.abort(reason);
  }

  /** What becomes of each row, as soon as it is known. */
  async *results(): AsyncGenerator<BulkResult, void, undefined> {
    try {
      while (!this.#isDone()) {
        if (this.#canTake()) void this.#take();
        if (this.#results.length === 0) await this.#change();
        for (let result = this.#results.shift(); result; result = this.#results.shift()) yield result;
      }
      if (this.#end) throw this.#end.reason;
    } finally {
      this.abort(undefined);
      await this.#closeSource();
    }
  }

  #isDone(): boolean {
    const isOver = this.#end !== undefined || (this.#isExhausted && !this.#isTaking);
    return isOver && this.#held === 0 && this.#results.length === 0;
  }

  #canTake(): boolean {
    const mostHeld = this.#settings.concurrency * (1 + rowsHeldForEach);
    return !this.#isTaking && !this.#isExhausted && this.#end === undefined && this.#held < mostHeld;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #stop(reason: unknown): void {
    this.#end ??= { reason };
    this.#wake();
  }

  async #take(): Promise<void> {
    this.#isTaking = true;
    try {
      const next = await this.#source.next();
      if (next.done) this.#isExhausted = true;
      else void this.#handle(next.value, this.#taken++);
    } catch (error) {
      this.#stop(error);
    }
    this.#isTaking = false;
    this.#wake();
  }

  async #handle(row: BulkRow, index: number): Promise<void> {
    this.#held += 1;
    const result = await this.#lanes.run(row.contactId, async () =>
      this.#end ? undefined : this.#send(row, index),
    );
    this.#held -= 1;
    if (result) this.#results.push(result);
    if (result?.status === "failed" && fatalCodes.has(result.error.code)) this.#stop(result.error);
    this.#wake();
  }

  async #send(row: BulkRow, index: number): Promise<BulkResult> {
    const { contactId, key } = row;
    const place = { index, contactId, ...(key !== undefined && { key }) };
    try {
      const idempotencyKey = key === undefined ? undefined : await bulkKey(this.#settings.batch, key);
      const message = await this.#sendOne(row, { idempotencyKey, signal: this.#calls.signal });
      return { ...place, status: "sent", message };
    } catch (error) {
      return { ...place, ...outcomeOf(error) };
    }
  }

  async #closeSource(): Promise<void> {
    if (this.#isExhausted) return;
    const closed = Promise.resolve(this.#source.return?.());
    // A source that is busy bringing a row may never end: it is told, but not waited for.
    if (this.#isTaking) closed.catch(() => undefined);
    else await closed;
  }
}

type Outcome<Result> = Pick<Result, Extract<keyof Result, "status" | "error">>;

function outcomeOf(error: unknown): Outcome<BulkSent> | Outcome<BulkFailed> | Outcome<BulkUnknown> {
  if (!OpenMessagingError.is<OpenMessagingError>(error)) return { status: "unknown", error };
  if (error.fate === "applied") return { status: "sent", error };
  return error.fate === "unknown" ? { status: "unknown", error } : { status: "failed", error };
}

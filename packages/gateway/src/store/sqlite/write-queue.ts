import { StoreUnavailableError } from "../../gateway-error.ts";
import type { StoreChange } from "../store.ts";
import type { Connection } from "./connection.ts";

interface Write {
  work: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** How many writes one commit takes, so that a burst does not keep the event loop from everything else. */
const maxWritesPerCommit = 256;

/**
 * Commits the writes that came in together as one transaction: one flush of the disk for all of them. Where one of them
 * fails, each gets a transaction of its own, so that it takes none of the others with it.
 */
export class WriteQueue {
  readonly #connection: Connection;
  readonly #onCommit: (changes: StoreChange[]) => void;
  #waiting: Write[] = [];
  #scheduled = false;

  constructor(connection: Connection, onCommit: (changes: StoreChange[]) => void) {
    this.#connection = connection;
    this.#onCommit = onCommit;
  }

  /**
   * Resolves with what `work` returned, once that is on disk. `work` runs within the transaction and must not wait. It
   * changes nothing but the database: where the transaction fails it runs again.
   */
  write<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
      this.#schedule();
    });
  }

  /** Commits what waits, at once. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commit(this.#waiting.splice(0, maxWritesPerCommit));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commit(this.#waiting.splice(0, maxWritesPerCommit));
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commit(writes: Write[]): void {
    if (writes.length === 0) return;
    let results: unknown[];
    try {
      results = this.#transaction(() => writes.map(({ work }) => work()));
    } catch (error) {
      const told = asStoreError(error);
      const isOneAtFault = writes.length > 1 && !(told instanceof StoreUnavailableError);
      for (const write of writes) {
        if (isOneAtFault) this.#commit([write]);
        else write.reject(told);
      }
      return;
    }
    for (const [index, { resolve }] of writes.entries()) resolve(results[index]);
    this.#onCommit(this.#connection.takeChanges());
  }

  #transaction<Result>(work: () => Result): Result {
    this.#connection.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#connection.exec("COMMIT");
      return result;
    } catch (error) {
      this.#connection.takeChanges();
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#connection.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself where the disk failed.
    }
  }
}

/** What is told of an error of the database: that it is away, unless the statement itself was at fault. */
export function asStoreError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isAway = code.startsWith("SQLITE_") && !/^SQLITE_(ERROR|CONSTRAINT|MISMATCH|MISUSE|RANGE)/.test(code);
  return isAway ? unavailable(error) : error;
}

function unavailable(cause: unknown): StoreUnavailableError {
  return new StoreUnavailableError(
    `The database does not answer: ${String(cause)}`,
    "Check the disk that holds the data folder for space and faults, then send again.",
    { cause },
  );
}

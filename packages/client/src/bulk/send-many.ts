import type { CallOptions } from "../call-route.ts";
import { InvalidArgumentError, onAbort } from "../core.ts";
import type { BulkResult, BulkRow } from "./bulk-row.ts";
import { BulkRun, type SendOne } from "./bulk-run.ts";

/** How far sending many has come. */
export interface BulkProgress {
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
}

/** What sending many can be told. */
export interface SendManyOptions extends CallOptions {
  /** Most messages on their way at once. @default 16 */
  readonly concurrency?: number | undefined;
  /** Names what the row keys belong to, such as a campaign: the same key in another batch is another message. */
  readonly batch?: string | undefined;
  /** Told after each result. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
}

const concurrencyByDefault = 16;
const highestConcurrency = 1024;

/** Sends rows as they come from the source; see `Messages.sendMany`. */
export async function* sendMany(
  sendOne: SendOne,
  rows: AsyncIterable<BulkRow> | Iterable<BulkRow>,
  { concurrency = concurrencyByDefault, batch = "", onProgress, signal }: SendManyOptions,
): AsyncGenerator<BulkResult, void, undefined> {
  checkConcurrency(concurrency);
  signal?.throwIfAborted();
  const run = new BulkRun(sendOne, rows, { concurrency, batch });
  const stopListening = onAbort(signal, () => run.abort(signal?.reason));
  const progress = { sent: 0, failed: 0, unknown: 0 };
  try {
    for await (const result of run.results()) {
      progress[result.status] += 1;
      onProgress?.({ ...progress });
      yield result;
    }
  } finally {
    stopListening();
  }
}

function checkConcurrency(concurrency: number): void {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= highestConcurrency) return;
  throw new InvalidArgumentError({
    argument: "concurrency",
    message: `\`concurrency\` must be a whole number from 1 to ${highestConcurrency}`,
    fix: `Leave it out for ${concurrencyByDefault}.`,
  });
}

import { onAbort, startTimer } from "../core.ts";

/** The connection of a stream broke, or brought nothing for so long that it is taken for broken. */
export class StreamLostError extends Error {
  override readonly name = "StreamLostError";
}

/**
 * The chunks of a stream, as long as no more than `idleMs` pass between two.
 *
 * @throws StreamLostError; the signal's reason, even where the stream itself does not notice the signal.
 */
export async function* readChunks(
  stream: AsyncIterable<Uint8Array>,
  { idleMs, signal }: { readonly idleMs: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = await nextWithin(iterator.next(), idleMs, signal);
    if (next.done) return;
    yield next.value;
  }
}

function nextWithin<Value>(next: Promise<Value>, idleMs: number, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      stopTimer();
      stopListening();
    };
    const onLoss = (cause?: unknown) => {
      finish();
      reject(
        new StreamLostError(cause ? "the connection broke" : `nothing came for ${idleMs} ms`, { cause }),
      );
    };
    const stopTimer = startTimer(idleMs, onLoss);
    const stopListening = onAbort(signal, () => {
      stopTimer();
      reject(signal.reason);
    });
    next.then((value) => {
      finish();
      resolve(value);
    }, onLoss);
  });
}

import type { Dispatcher } from "undici";

/** Most bytes that wait for a slow reader before the connection is read no further. */
const highWaterBytes = 65_536;

/** A body as it comes, for one reader: it holds back the connection while the reader is behind, and drops it when the reader leaves. */
export class BodyStream implements AsyncIterable<Uint8Array> {
  readonly #controller: Dispatcher.DispatchController;
  readonly #chunks: Uint8Array[] = [];
  #waitingBytes = 0;
  #outcome: { readonly error?: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.byteLength;
    if (this.#waitingBytes > highWaterBytes) this.#controller.pause();
    this.#wake();
  }

  end(): void {
    this.#outcome = {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#outcome = { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift();
        if (chunk) {
          this.#waitingBytes -= chunk.byteLength;
          if (this.#waitingBytes <= highWaterBytes && this.#controller.paused) this.#controller.resume();
          yield chunk;
        } else if (this.#outcome) {
          if ("error" in this.#outcome) throw this.#outcome.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      if (!this.#outcome) this.#controller.abort(new Error("the reader of the stream has left"));
    }
  }
}

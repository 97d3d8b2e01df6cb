import type { Dispatcher } from "undici";
import { BodyStream } from "./body-stream.ts";
import { BodyTooLongError, maxBodyBytes } from "./read-body.ts";
import type { ResponseHeaders, TransportResponse } from "./transport.ts";

/** Who waits for an answer. */
export interface AnswerReceiver {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Takes an answer from undici's `dispatch`, which is half the work of its `request`: no stream is made for a body of a
 * few hundred bytes. The answer is given on once its body is here; an event stream, and what has a body that nobody
 * reads, at once.
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #receiver: AnswerReceiver;
  readonly #chunks: Uint8Array[] = [];
  #length = 0;
  #status = 0;
  #headers: ResponseHeaders = {};
  #stream: BodyStream | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #abortion: { readonly reason: unknown } | undefined;

  constructor(receiver: AnswerReceiver) {
    this.#receiver = receiver;
  }

  /** Gives up the request, also one that still waits for a connection. */
  abort(reason: unknown): void {
    this.#abortion = { reason };
    this.#receiver.reject(reason);
    this.#controller?.abort(asError(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#abortion) controller.abort(asError(this.#abortion.reason));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (!isStreamed(status, headers)) return;
    this.#stream = new BodyStream(controller);
    this.#receiver.resolve({ status, headers, body: this.#stream });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#stream) {
      this.#stream.push(chunk);
      return;
    }
    this.#length += chunk.byteLength;
    if (this.#length > maxBodyBytes) controller.abort(new BodyTooLongError());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#stream) this.#stream.end();
    else this.#answer(this.#body());
  }

  onResponseError(_: Dispatcher.DispatchController, error: unknown): void {
    if (this.#stream) this.#stream.fail(error);
    else if (this.#status === 0) this.#receiver.reject(error);
    // The status says what became of the request, though the body cannot be read.
    else this.#answer(brokenBody(error));
  }

  #answer(body: TransportResponse["body"]): void {
    this.#receiver.resolve({ status: this.#status, headers: this.#headers, body });
  }

  #body(): Uint8Array {
    const [first] = this.#chunks;
    return first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
  }
}

/** Event streams have no end to wait for; the body of a redirect is never read. */
function isStreamed(status: number, headers: ResponseHeaders): boolean {
  const type = headers["content-type"];
  return (
    (status >= 300 && status < 400) || (typeof type === "string" && type.startsWith("text/event-stream"))
  );
}

function brokenBody(error: unknown): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(asError(error)) }) };
}

/** undici takes errors alone as a reason. What the caller gave is what the caller gets, by the receiver. */
function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("the request was given up", { cause: reason });
}

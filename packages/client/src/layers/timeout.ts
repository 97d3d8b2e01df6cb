import { Cancellation } from "../cancellation.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import { onAbort } from "../on-abort.ts";
import { requestLine } from "../request-line.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { startTimer } from "../timer.ts";
import type { Answer, Call, Layer, Send } from "./layer.ts";

interface TimeoutOptions {
  readonly attemptTimeoutMs: number;
  readonly time: TimeAndChance;
}

/** Ends an attempt that takes longer than `attemptTimeoutMs` or than is left of the whole call, and one whose caller gave up. */
export function timeout({ attemptTimeoutMs, time }: TimeoutOptions): Layer {
  return (next) => (call) => {
    const leftMs = Math.max(0, call.deadlineMs - time.monotonicMs());
    const limitMs = Math.min(leftMs, attemptTimeoutMs);
    return endedAfter(limitMs, next, call, () => timeoutError(call, limitMs, leftMs <= attemptTimeoutMs));
  };
}

/** A transport may take its time to notice that it is given up, or never look at it: the caller is not kept waiting. */
function endedAfter(limitMs: number, next: Send, call: Call, toError: () => TimeoutError): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const cancellation = new Cancellation();
    const end = (reason: unknown) => {
      stopTimer();
      stopListening();
      reject(reason);
      // Whatever is left of the attempt, such as a half-read body, is let go of.
      cancellation.abort(reason);
    };
    let stopListening = () => {};
    const stopTimer = startTimer(limitMs, () => end(toError()));
    stopListening = onAbort(call.signal, () => end(call.signal?.reason));
    next({ ...call, cancellation }).then((answer) => {
      stopTimer();
      // A stream is read after its answer, and its reader stops it by the call's own signal.
      if (call.expects !== "stream") stopListening();
      resolve(answer);
    }, end);
  });
}

function timeoutError(call: Call, limitMs: number, isLastChance: boolean): TimeoutError {
  const seconds = Number((limitMs / 1000).toPrecision(3));
  return new TimeoutError({
    message: `${requestLine(call)} was not answered within ${seconds} s`,
    fix: isLastChance
      ? "Allow more time for the whole call with `timeoutMs`, or look at why the server is slow."
      : "Allow more time for each attempt with `attemptTimeoutMs`, or look at why the server is slow.",
    fate: "unknown",
    retryable: call.repeatable,
  });
}

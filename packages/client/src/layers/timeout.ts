import { TimeoutError } from "../errors/transport-errors.ts";
import { onAbort } from "../on-abort.ts";
import { requestLine } from "../request-line.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { startTimer } from "../timer.ts";
import type { Call, Layer } from "./layer.ts";

/** Ends an attempt that takes longer than `attemptTimeoutMs` or than is left of the whole call, and one whose caller gave up. */
export function timeout({
  attemptTimeoutMs,
  time,
}: {
  attemptTimeoutMs: number;
  time: TimeAndChance;
}): Layer {
  return (next) => async (call) => {
    const leftMs = Math.max(0, call.deadlineMs - time.monotonicMs());
    const isLastChance = leftMs <= attemptTimeoutMs;
    const attempt = startAttempt(call.signal, Math.min(leftMs, attemptTimeoutMs), (limitMs) =>
      timeoutError(call, limitMs, isLastChance),
    );
    try {
      // A transport may take its time to notice the signal, or never look at it: the caller is not kept waiting.
      return await Promise.race([next({ ...call, signal: attempt.signal }), attempt.ended]);
    } catch (error) {
      // Whatever is left of the failed attempt, such as a half-read body, is let go of.
      attempt.abandon(error);
      throw error;
    } finally {
      // A stream is read after its answer, and its reader stops it by the call's own signal.
      attempt.finish({ keepsSignal: call.expects === "stream" });
    }
  };
}

function startAttempt(
  outer: AbortSignal | undefined,
  limitMs: number,
  toError: (limitMs: number) => TimeoutError,
) {
  const controller = new AbortController();
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const stopTimer = startTimer(limitMs, () => end(toError(limitMs)));
  const stopListening = onAbort(outer, () => end(outer?.reason));
  return {
    signal: controller.signal,
    ended,
    abandon: (reason: unknown) => controller.abort(reason),
    finish({ keepsSignal }: { keepsSignal: boolean }) {
      stopTimer();
      if (!keepsSignal) stopListening();
    },
  };
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

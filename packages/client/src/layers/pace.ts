import { RateLimitError } from "../errors/api-errors.ts";
import { OpenMessagingError } from "../errors/open-messaging-error.ts";
import { RateWindow } from "../pace/rate-window.ts";
import { WaitingLine } from "../pace/waiting-line.ts";
import { requestLine } from "../request-line.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { Call, Layer } from "./layer.ts";

/**
 * Keeps all calls of a client within the window that the server tells of in `inin-ratelimit-*`, so that a long run meets no
 * 429: a burst passes while the window has room, then what is left is spread over the rest of it.
 */
export function pace({ time }: { readonly time: TimeAndChance }): Layer {
  const window = new RateWindow();
  const line = new WaitingLine(window, time);
  return (next) => async (call) => {
    if (!line.passes()) await line.wait(call.deadlineMs, call.signal, () => noTurnError(call, window));
    try {
      const answer = await next(call);
      window.answered(answer.headers, time.monotonicMs());
      return answer;
    } catch (error) {
      tellFailure(window, error, time);
      throw error;
    } finally {
      line.wake();
    }
  };
}

function tellFailure(window: RateWindow, error: unknown, time: TimeAndChance): void {
  if (RateLimitError.is(error) && error.retryAfterMs !== undefined) {
    window.refused(error.retryAfterMs, time.monotonicMs());
  } else {
    window.failed(!(OpenMessagingError.is(error) && error.fate === "not_sent"));
  }
}

function noTurnError(call: Call, { allowed }: RateWindow): RateLimitError {
  const limit = allowed === undefined ? "" : ` (the server allows ${allowed} requests in a window)`;
  return new RateLimitError({
    message: `${requestLine(call)} was not sent: its turn did not come in time${limit}`,
    fix: "Make fewer calls at once, as `messages.sendMany` does, or allow more time with `timeoutMs`.",
    fate: "not_sent",
    retryable: true,
  });
}

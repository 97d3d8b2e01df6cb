import { OpenMessagingError, RateLimitError, requestLine } from "../core.ts";
import type { Call } from "../layers/layer.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import type { ResponseHeaders } from "../transport/transport.ts";
import { RateWindow } from "./rate-window.ts";
import type { Turns } from "./turns.ts";
import { WaitingLine } from "./waiting-line.ts";

/** The turns of a client's calls, as their server's window has room. */
export class Pacing implements Turns {
  readonly #time: TimeAndChance;
  readonly #window: RateWindow;
  readonly #line: WaitingLine;

  /** `inFlight` calls have gone out before. */
  constructor(time: TimeAndChance, inFlight: number) {
    this.#time = time;
    this.#window = new RateWindow(inFlight);
    this.#line = new WaitingLine(this.#window, time);
  }

  passes(): boolean {
    return this.#line.passes();
  }

  /** @throws RateLimitError where the turn does not come in the call's time; the reason of its signal. */
  wait(call: Call): Promise<void> {
    return this.#line.wait(call.deadlineMs, call.signal, () => noTurnError(call, this.#window.allowed));
  }

  answered(headers: ResponseHeaders): void {
    this.#window.answered(headers, this.#time.monotonicMs());
    this.#line.wake();
  }

  failed(error: unknown): void {
    if (RateLimitError.is(error) && error.retryAfterMs !== undefined) {
      this.#window.refused(error.retryAfterMs, this.#time.monotonicMs());
    } else {
      this.#window.failed(!(OpenMessagingError.is(error) && error.fate === "not_sent"));
    }
    this.#line.wake();
  }
}

function noTurnError(call: Call, allowed: number | undefined): RateLimitError {
  const limit = allowed === undefined ? "" : ` (the server allows ${allowed} requests in a window)`;
  return new RateLimitError({
    message: `${requestLine(call)} was not sent: its turn did not come in time${limit}`,
    fix: "Make fewer calls at once, as `messages.sendMany` does, or allow more time with `timeoutMs`.",
    fate: "not_sent",
    retryable: true,
  });
}

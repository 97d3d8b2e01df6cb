/**
 * What goes wrong at a send:
 *
 * - `none`: nothing, so that what follows goes wrong at a later one.
 * - `rate-limit`: the vendor refuses it, as when a limit is spent.
 * - `lose-request`: the connection is cut, and nothing was done.
 * - `lose-answer`: the message is taken, and the connection is cut instead of an answer.
 * - `server-error`: the vendor answers 500, and nothing was done.
 * - `taken-with-error`: the message is taken, and the vendor answers 500.
 * - `fail-later`: the message is taken, and fails afterwards, where the vendor tells of that.
 */
export const faults = [
  "none",
  "rate-limit",
  "lose-request",
  "lose-answer",
  "server-error",
  "taken-with-error",
  "fail-later",
] as const;

export type Fault = (typeof faults)[number];

/** The connection is cut in place of an answer. */
export class ConnectionCutError extends Error {
  override readonly name = "ConnectionCutError";
}

/** Faults to come, one for each send. */
export class FaultQueue {
  readonly #waiting: Fault[] = [];

  add(faults: readonly Fault[]): void {
    this.#waiting.push(...faults);
  }

  take(): Fault | undefined {
    return this.#waiting.shift();
  }
}

/** How a vendor words the faults that it answers. */
export interface FaultyAnswers {
  rateLimited(): Response;
  serverError(): Response;
}

/** Takes a message under the fault that is due, if any. `take` does what the vendor does; `failsLater` tells it to fail. */
export function takeUnderFault(
  fault: Fault | undefined,
  answers: FaultyAnswers,
  take: (failsLater: boolean) => Response,
): Response {
  switch (fault) {
    case undefined:
    case "none":
      return take(false);
    case "rate-limit":
      return answers.rateLimited();
    case "server-error":
      return answers.serverError();
    case "lose-request":
      throw new ConnectionCutError("nothing was taken");
    case "fail-later":
      return take(true);
    case "taken-with-error": {
      const answer = take(false);
      return answer.ok ? answers.serverError() : answer;
    }
    case "lose-answer": {
      take(false);
      throw new ConnectionCutError("the answer is lost");
    }
  }
}

import { setImmediate } from "node:timers/promises";
import { EmulatorDataError } from "../emulator-error.ts";
import type { TimeSource } from "../time/emulator-clock.ts";
import type { Journal } from "./journal.ts";

/** Hands changes to the journal. While that can keep none, such as on a full disk, it tries again every second. */
export interface ChangeSaver {
  /** Hands all changes so far to the operating system. @throws EmulatorDataError where they cannot be kept; they are tried again. */
  flush(): void;
  /** The same, in one write with all who ask in this turn of the event loop. Rejects as `flush` throws. */
  flushed(): Promise<void>;
  /** The same for work in the background: whether everything is kept. */
  tryFlush(): boolean;
  /** Why changes cannot be kept at present. */
  failure(): EmulatorDataError | undefined;
  /** Tries no more. */
  stop(): void;
}

const retryMs = 1000;

/** What a saver needs of its surroundings. */
export interface SaverParts {
  wake: TimeSource["wake"];
  /** Hears once that changes cannot be kept, and once that they are kept again. */
  warn: (message: string) => void;
  /** Whose changes they are, such as "The emulator". */
  owner: string;
  /** What that does as long as they cannot be kept. */
  meanwhile: string;
}

export function createChangeSaver(
  journal: Journal,
  { wake, warn, owner, meanwhile }: SaverParts,
): ChangeSaver {
  let failure: EmulatorDataError | undefined;
  let cancelRetry = () => {};

  function flush(): void {
    try {
      journal.flush();
    } catch (error) {
      if (error instanceof EmulatorDataError) fail(error);
      throw error;
    }
    if (failure === undefined) return;
    failure = undefined;
    cancelRetry();
    warn(`${owner}'s state is kept again.`);
  }

  function fail(error: EmulatorDataError): void {
    if (failure === undefined)
      warn(
        `${error.message} Until its state can be kept, ${meanwhile}; it is tried every second. ${error.fix}.`,
      );
    failure = error;
    cancelRetry();
    cancelRetry = wake(retryMs, attempt);
  }

  function attempt(): void {
    try {
      flush();
    } catch (error) {
      if (!(error instanceof EmulatorDataError)) throw error;
    }
  }

  return {
    flush,
    flushed: oncePerTurn(flush),
    tryFlush() {
      if (failure === undefined) attempt();
      return failure === undefined;
    },
    failure: () => failure,
    stop: () => cancelRetry(),
  };
}

/** Calls once for everybody who asks in one turn of the event loop. */
function oncePerTurn(run: () => void): () => Promise<void> {
  let turn: Promise<void> | undefined;
  return () => {
    turn ??= setImmediate().then(() => {
      turn = undefined;
      run();
    });
    return turn;
  };
}

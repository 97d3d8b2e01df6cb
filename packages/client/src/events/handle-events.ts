import type { Event } from "../contacts-api.ts";
import { onAbort } from "../core.ts";
import { createLanes } from "../lanes.ts";
import { type EventHandlers, handleEvent } from "./event-handlers.ts";
import type { ListenOptions } from "./listen.ts";

/** Handlers of events, and how they are called. */
export interface HandleOptions extends EventHandlers, ListenOptions {
  /** Most handlers that run at once, each for another contact. @default 16 */
  readonly concurrency?: number | undefined;
  /** Told what a handler threw; listening goes on. Without it, listening ends with that error. */
  readonly onError?: ((error: unknown, event: Event) => void | Promise<void>) | undefined;
  /** Told the id up to which every event has been handled. Keep it, and pass it as `after` to go on there after a restart. */
  readonly onHandled?: ((id: string) => void) | undefined;
}

const concurrencyByDefault = 16;
/** Events that wait for their contact's turn; while there are more, the stream is not read. */
const mostWaiting = 1000;

/** Gives events to handlers, those of one contact one after the other; resolves when the signal says stop and handlers are done. */
export async function handleEvents(
  listen: (options: ListenOptions) => AsyncIterable<Event>,
  { after, signal, ...options }: HandleOptions,
): Promise<void> {
  const stop = new AbortController();
  const stopListening = onAbort(signal, () => stop.abort(signal?.reason));
  const handling = new Handling(options, stop);
  try {
    for await (const event of listen({ after, signal: stop.signal })) {
      handling.begin(event);
      await handling.room();
    }
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error;
  } finally {
    // After an error too: whoever listens anew must not do so while handlers of this time still run.
    stop.abort();
    await handling.settled();
    stopListening();
  }
}

/** One event on its way through its handler. */
interface Pending {
  readonly id: string;
  readonly done: Promise<void>;
  isHandled: boolean;
}

/** The events that are being handled. */
class Handling {
  readonly #options: HandleOptions;
  readonly #stop: AbortController;
  readonly #lanes;
  /** In the order in which the events came. */
  readonly #pending: Pending[] = [];

  constructor(options: HandleOptions, stop: AbortController) {
    this.#options = options;
    this.#stop = stop;
    this.#lanes = createLanes(options.concurrency ?? concurrencyByDefault);
  }

  begin(event: Event): void {
    const done = this.#lanes.run(event.contactId, async () => {
      if (this.#stop.signal.aborted) return;
      await this.#handle(event);
      pending.isHandled = true;
    });
    const pending: Pending = {
      id: event.id,
      isHandled: false,
      done: done.then(
        () => this.#tellHandled(),
        (error: unknown) => this.#stop.abort(error),
      ),
    };
    this.#pending.push(pending);
  }

  /** Waits while too many events wait. */
  async room(): Promise<void> {
    while (this.#pending.length > mostWaiting && !this.#stop.signal.aborted) {
      await this.#pending[0]?.done;
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending.map(({ done }) => done));
  }

  async #handle(event: Event): Promise<void> {
    try {
      await handleEvent(this.#options, event);
    } catch (error) {
      if (!this.#options.onError) throw error;
      await this.#options.onError(error, event);
    }
  }

  #tellHandled(): void {
    const unhandled = this.#pending.findIndex(({ isHandled }) => !isHandled);
    const handled = this.#pending.splice(0, unhandled === -1 ? this.#pending.length : unhandled);
    const last = handled.at(-1);
    if (last) this.#options.onHandled?.(last.id);
  }
}

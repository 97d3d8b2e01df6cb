import type { EventRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";

/** One event as it is written to a stream. */
export interface StreamEvent {
  name: string;
  data: unknown;
}

/** What a stream of events reads and when it ends. */
export interface EventStreamOptions {
  store: Store;
  /** The place after which to begin. */
  after: number;
  /** Only this contact's events. Default: all. */
  contactId?: string;
  /** What to tell of an event; `undefined` passes over it. */
  tell: (event: EventRecord) => StreamEvent | undefined;
  /** Whether the stream ends after this event. */
  endsWith?: (event: EventRecord) => boolean;
  /** Hears of what is in no log: the latest of it is told as soon as the reader has room. Answers what ends the hearing. */
  listen?: (hear: (event: StreamEvent) => void) => () => void;
  /** Ends the stream politely: the server stops. */
  stop: AbortSignal;
}

/** How many events one reading of the log takes. */
const batchSize = 200;

/** How long a stream may be silent before a comment is sent, so that nobody between takes it for dead. */
const heartbeatMs = 15_000;

/** How long a reader waits before it connects again, in the answer to its first connection. */
const reconnectMs = 1000;

/**
 * The event log as server-sent events, from a place in it onwards and for as long as the reader stays. Each event's
 * `id` is its place, so that a reader who comes back with `Last-Event-ID` misses nothing and hears nothing twice.
 * A reader who is slow is waited for: nothing is read from the log until there is room.
 */
export function eventStream(options: EventStreamOptions): Response {
  const encoder = new TextEncoder();
  const leave = new AbortController();
  const chunks = encodeEvents(options, AbortSignal.any([options.stop, leave.signal]));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      leave.abort();
      await chunks.return();
    },
  });
  const headers = { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" };
  return new Response(body, { headers });
}

async function* encodeEvents(options: EventStreamOptions, stop: AbortSignal): AsyncGenerator<string, void> {
  const news = watchEvents(options.store, stop);
  let passing: StreamEvent | undefined;
  const unlisten = options.listen?.((event) => {
    passing = event;
    news.call();
  });
  try {
    yield* encodeLog(options, stop, news, () => {
      const event = passing;
      passing = undefined;
      return event;
    });
  } finally {
    unlisten?.();
  }
}

async function* encodeLog(
  options: EventStreamOptions,
  stop: AbortSignal,
  news: News,
  takePassing: () => StreamEvent | undefined,
): AsyncGenerator<string, void> {
  let place = options.after;
  // An id without data sets the reader's place before the first event has come.
  yield `retry: ${reconnectMs}\nid: ${place}\n\n`;
  while (!stop.aborted) {
    const events = await options.store.readEvents(place, batchSize, options.contactId);
    for (const event of events) {
      place = event.id;
      const told = options.tell(event);
      if (told) yield encode(told, event.id);
      if (options.endsWith?.(event)) return;
    }
    const passing = takePassing();
    if (passing) yield encode(passing);
    if (events.length < batchSize && (await news.next()) === "silence") yield ": still here\n\n";
  }
  yield ": the server stops; connect again\n\n";
}

/** An event without an id leaves the reader's place as it is. */
function encode({ name, data }: StreamEvent, id?: number): string {
  const place = id === undefined ? "" : `id: ${id}\n`;
  return `event: ${name}\n${place}data: ${JSON.stringify(data)}\n\n`;
}

interface News {
  next(): Promise<"news" | "silence">;
  /** There is some. */
  call(): void;
}

/** Tells when there may be new events; news that comes while nobody listens is kept. */
function watchEvents(store: Store, stop: AbortSignal): News {
  let hasNews = true;
  let wake: (() => void) | undefined;
  const call = () => {
    hasNews = true;
    wake?.();
  };
  const unsubscribe = store.onChange((change) => {
    if (change === "events") call();
  });
  stop.addEventListener("abort", () => {
    unsubscribe();
    wake?.();
  });
  return {
    call,
    next: () =>
      new Promise((resolve) => {
        const settle = (result: "news" | "silence") => {
          clearTimeout(timer);
          wake = undefined;
          hasNews = false;
          resolve(result);
        };
        const timer = setTimeout(() => settle("silence"), heartbeatMs);
        wake = () => settle("news");
        if (hasNews || stop.aborted) settle("news");
      }),
  };
}

import type { ChatApi } from "./chat-api.ts";
import type { Clock } from "./clock.ts";
import { createEventParser } from "./event-parser.ts";
import { type ChatEvent, readEvent } from "./wire-reading.ts";

/** One stream of events to follow. */
export interface FollowOptions {
  api: Pick<ChatApi, "events">;
  clock: Clock;
  /** The place in the log that the stream goes on from. */
  after: string;
  signal: AbortSignal;
  onOpen: () => void;
  onEvent: (event: ChatEvent) => void;
  /** All events up to this place in the log have been told. */
  onPlace: (place: string) => void;
}

/** Three times the silence that the gateway allows itself. */
const longestSilenceMs = 45_000;

/**
 * Reads one stream of events to its end. It uses `fetch`, where an `EventSource` would do less: that hides the status of
 * a refused stream and the comments that show a silent one alive.
 * Throws a `ChatRequestError` where the stream does not open, and what the network says where it breaks.
 */
export async function followEvents(options: FollowOptions): Promise<void> {
  const stream = new AbortController();
  const stop = (): void => stream.abort();
  options.signal.addEventListener("abort", stop);
  const watch = createWatch(options.clock, stop);
  try {
    const body = await options.api.events(options.after, stream.signal);
    options.onOpen();
    await readEvents(body, options, watch.restart);
  } finally {
    watch.cancel();
    stop();
    options.signal.removeEventListener("abort", stop);
  }
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  { after, signal, onEvent, onPlace }: FollowOptions,
  onSign: () => void,
): Promise<void> {
  const parser = createEventParser(after);
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    onSign();
    for (const { name, data } of parser.push(decoder.decode(piece.value, { stream: true }))) {
      const event = readEvent(name, data);
      if (event && !signal.aborted) onEvent(event);
    }
    if (!signal.aborted) onPlace(parser.lastEventId());
  }
}

/** Gives up on a stream that has been silent for too long: a broken connection often tells nobody. */
function createWatch(clock: Clock, onSilence: () => void): { restart: () => void; cancel: () => void } {
  let cancel = clock.after(longestSilenceMs, onSilence);
  return {
    restart() {
      cancel();
      cancel = clock.after(longestSilenceMs, onSilence);
    },
    cancel: () => cancel(),
  };
}

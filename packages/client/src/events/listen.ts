import type { CallOptions, RouteInput } from "../call-route.ts";
import type { Event } from "../contacts-api.ts";
import { backoffMs, InvalidArgumentError, OpenMessagingError, onAbort, ResponseError } from "../core.ts";
import type { TimeAndChance } from "../time-and-chance.ts";
import { readChunks, StreamLostError } from "./read-chunks.ts";
import { EventTooLongError, readServerSentEvents } from "./server-sent-events.ts";

/** From where on events are listened to. */
export interface ListenOptions extends CallOptions {
  /** The `id` of the last event that was dealt with: those after it come first. Without it, events from now on. */
  readonly after?: string | undefined;
}

/** What listening needs. */
export interface Listener {
  /** Opens a stream. */
  readonly open: (input: RouteInput) => Promise<AsyncIterable<Uint8Array>>;
  readonly time: TimeAndChance;
  /** Longest silence of a stream before it is opened anew. */
  readonly idleMs: number;
}

/** A connection that lasted this long is no sign of trouble when it ends. */
const steadyMs = 30_000;

/** How far listening has come, over all its connections. */
interface Progress {
  /** The id of the last event, or where the server said that the stream began. */
  position: string | undefined;
  wasOpen: boolean;
  /** Connections lost one after the other, with nothing heard in between. */
  losses: number;
}

/**
 * Every event, in order, none twice. A lost connection is opened again after the last event; only where the very first
 * cannot be opened, or the server refuses, does it throw. It ends when the loop over it does, or with the signal's reason.
 */
export async function* listen(
  listener: Listener,
  options: ListenOptions,
): AsyncGenerator<Event, void, undefined> {
  const { time } = listener;
  const { signal } = options;
  const progress: Progress = { position: readPosition(options.after), wasOpen: false, losses: 0 };
  for (;;) {
    const openedAtMs = time.monotonicMs();
    try {
      yield* listenOnce(listener, progress, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!progress.wasOpen || !isLoss(error)) throw error;
    }
    progress.losses = time.monotonicMs() - openedAtMs > steadyMs ? 1 : progress.losses + 1;
    await time.sleep(backoffMs(progress.losses, time.random), signal);
  }
}

/** The events of one connection that have not been heard before. */
async function* listenOnce(
  listener: Listener,
  progress: Progress,
  signal: AbortSignal | undefined,
): AsyncGenerator<Event, void, undefined> {
  for await (const { id, event } of readConnection(listener, progress.position, signal)) {
    progress.wasOpen = true;
    if (id === undefined || isPast(id, progress.position)) continue;
    progress.position = id;
    if (!event) continue;
    progress.losses = 0;
    yield event;
  }
}

/** A place that a stream has reached, with the event that is there. */
interface Step {
  readonly id: string | undefined;
  readonly event?: Event;
}

/** The steps of one connection. The first says that it is open. */
async function* readConnection(
  { open, idleMs }: Listener,
  position: string | undefined,
  outer: AbortSignal | undefined,
): AsyncGenerator<Step, void, undefined> {
  const connection = new AbortController();
  const stopListening = onAbort(outer, () => connection.abort(outer?.reason));
  try {
    const headers: Record<string, string> = position === undefined ? {} : { "last-event-id": position };
    const stream = await open({ headers, signal: connection.signal });
    yield { id: undefined };
    const chunks = readChunks(stream, { idleMs, signal: connection.signal });
    for await (const { id, data } of readServerSentEvents(chunks)) {
      yield data === undefined ? { id } : readEvent(data);
    }
  } catch (error) {
    throw error instanceof EventTooLongError ? eventError("is too long") : error;
  } finally {
    stopListening();
    connection.abort();
  }
}

function readEvent(data: string): Required<Step> {
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch {
    throw eventError("is not JSON");
  }
  const id = (event as { id?: unknown } | null)?.id;
  if (typeof id !== "string" || typeof (event as { type?: unknown }).type !== "string") {
    throw eventError("has no id or no type");
  }
  return { id, event: event as Event };
}

/** Whether a place lies at or before another. Ids are numbers that grow; of any other only the same one is known to be past. */
function isPast(id: string, position: string | undefined): boolean {
  if (position === undefined) return false;
  const areNumbers = /^\d{1,30}$/.test(id) && /^\d{1,30}$/.test(position);
  return areNumbers ? BigInt(id) <= BigInt(position) : id === position;
}

function isLoss(error: unknown): boolean {
  return error instanceof StreamLostError || (OpenMessagingError.is(error) && error.retryable);
}

function readPosition(after: string | undefined): string | undefined {
  if (after === undefined || /^[\x21-\x7e]{1,128}$/.test(after)) return after;
  throw new InvalidArgumentError({
    argument: "after",
    message: "`after` must be the id of an event",
    fix: "Pass the `id` of the last event that was dealt with, or nothing to hear of new events only.",
  });
}

function eventError(fault: string): ResponseError {
  return new ResponseError({
    message: `An event of the stream of events ${fault}`,
    fix: "Check that `baseUrl` names a gateway, and that no proxy changes its answers.",
    fate: "applied",
  });
}

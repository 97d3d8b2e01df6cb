import type { Timeline } from "../chat-wire.ts";
import { backoffMs } from "./backoff.ts";
import { type ChatApi, ChatRequestError } from "./chat-api.ts";
import { type Clock, createAlarm } from "./clock.ts";
import { followEvents } from "./follow-events.ts";
import type { ChatEvent } from "./wire-reading.ts";

/** What a connection tells of. */
export interface ConnectionOptions {
  api: Pick<ChatApi, "timeline" | "events">;
  clock: Clock;
  random: () => number;
  onTimeline: (timeline: Timeline) => void;
  onEvent: (event: ChatEvent) => void;
  onConnected: () => void;
  onDisconnected: () => void;
  /** There is no such chat: the connection has ended for good. */
  onGone: () => void;
}

/** Follows a chat: its timeline once, then each event as it comes, over any number of broken streams. */
export interface Connection {
  /** The network or the customer is back: try now. */
  wake(): void;
  stop(): void;
}

/** A stream that lasted this long was a good one: the failure after it is a first one. */
const steadyMs = 5_000;

/** Opens a connection. It comes back by itself, sooner after one failure than after many. */
export function openConnection(options: ConnectionOptions): Connection {
  const { api, clock, random } = options;
  const alarm = createAlarm(clock);
  const ending = new AbortController();
  let cursor: string | undefined;
  let failures = 0;

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await runOnce().catch(takeFailure);
      if (ending.signal.aborted) return;
      options.onDisconnected();
      await alarm.wait(backoffMs(failures, random));
      failures += 1;
    }
  }

  async function runOnce(): Promise<void> {
    cursor ??= await start();
    let openedAt = Number.POSITIVE_INFINITY;
    const onOpen = (): void => {
      openedAt = clock.now();
      options.onConnected();
    };
    const onPlace = (place: string): void => {
      cursor = place;
    };
    try {
      await followEvents({ api, clock, after: cursor, signal: ending.signal, onOpen, onEvent, onPlace });
    } finally {
      if (clock.now() - openedAt >= steadyMs) failures = 0;
    }
  }

  async function start(): Promise<string> {
    const timeline = await api.timeline();
    if (!ending.signal.aborted) options.onTimeline(timeline);
    return timeline.cursor;
  }

  function onEvent(event: ChatEvent): void {
    if (event.type === "state" && event.state.state === "deleted") end();
    else options.onEvent(event);
  }

  function takeFailure(error: unknown): void {
    if (!(error instanceof ChatRequestError) || error.retryable || ending.signal.aborted) return;
    if (error.status === 404) end();
    // The gateway refuses this place in its log: what was missed is found by starting anew.
    else cursor = undefined;
  }

  function stop(): void {
    ending.abort();
    alarm.ring();
  }

  function end(): void {
    stop();
    options.onGone();
  }

  void run();
  return { wake: alarm.ring, stop };
}

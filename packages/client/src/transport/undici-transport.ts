import type { Dispatcher } from "undici";
import { onAbort } from "../on-abort.ts";
import { AnswerHandler } from "./answer-handler.ts";
import { openDispatcher, type UndiciTransportOptions } from "./open-dispatcher.ts";
import type { Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** The default transport on Node: `undici`, with connections kept open and shared by all calls. */
export function undiciTransport(options: UndiciTransportOptions = {}): Transport {
  /** By origin. A dispatcher that is not open yet is the promise of one. */
  const dispatchers = new Map<string, Dispatcher | Promise<Dispatcher>>();

  function dispatcherFor(origin: string): Dispatcher | Promise<Dispatcher> {
    const known = dispatchers.get(origin);
    if (known) return known;
    const opening = openDispatcher(origin, options).then((dispatcher) => {
      if (dispatchers.get(origin) === opening) dispatchers.set(origin, dispatcher);
      return dispatcher;
    });
    dispatchers.set(origin, opening);
    return opening;
  }

  function transport(request: TransportRequest): Promise<TransportResponse> {
    const pathAt = request.url.indexOf("/", "https://".length);
    const origin = request.url.slice(0, pathAt);
    const path = request.url.slice(pathAt);
    const dispatcher = dispatcherFor(origin);
    if (!(dispatcher instanceof Promise)) return dispatch(dispatcher, request, origin, path);
    return dispatcher.then((opened) => dispatch(opened, request, origin, path));
  }

  async function close(): Promise<void> {
    const open = [...dispatchers.values()];
    dispatchers.clear();
    await Promise.all(open.map(async (dispatcher) => (await dispatcher).close()));
  }

  return Object.assign(transport, { takesCancellation: true as const, close });
}

function dispatch(
  dispatcher: Dispatcher,
  request: TransportRequest,
  origin: string,
  path: string,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    const { method, headers, body, cancellation } = request;
    const handler = new AnswerHandler({ resolve, reject });
    dispatcher.dispatch({ origin, path, method, headers, body: body ?? null }, handler);
    if (cancellation) cancellation.onAbort(() => handler.abort(cancellation.reason));
    else onAbort(request.signal, () => handler.abort(request.signal?.reason));
  });
}

import type { Tracer } from "../telemetry/tracer.ts";
import type { Layer, Send } from "./layer.ts";

/**
 * Tells of each request that goes over the wire, also of those for a token and of repetitions: to the logger, and to
 * OpenTelemetry where it is present. It stands next to `send`, as the conventions ask for a span of each attempt.
 */
export function trace(loading: Promise<Tracer | undefined>): Layer {
  let tracer: Tracer | undefined;
  let isLoaded = false;
  const loaded = loading.then((it) => {
    tracer = it;
    isLoaded = true;
  });
  return (next) => {
    const trySend: Send = (call) => (tracer?.isHeard ? tracer.send(call, next) : next(call));
    return (call) => (isLoaded ? trySend(call) : loaded.then(() => trySend(call)));
  };
}

/** What waits for the abort of each signal. Many calls can share a signal, and Node warns of a leak from the eleventh listener on. */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back once when a signal is aborted, at once where it already is. Returns what takes that back. */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = callbacksOf.get(signal) ?? listenTo(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
  };
}

/** One listener for all callbacks of a signal: it stays, for the next call with the same signal. */
function listenTo(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  callbacksOf.set(signal, callbacks);
  const callAll = () => {
    for (const callback of callbacks) callback();
    callbacks.clear();
  };
  signal.addEventListener("abort", callAll, { once: true });
  return callbacks;
}

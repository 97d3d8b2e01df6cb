/** `setTimeout` fires after 1 ms when asked for more than this. */
const longestTimeoutMs = 2 ** 31 - 1;

/** Calls `onEnd` once `ms` have passed, however many they are; never for `Infinity`. Returns what stops it. */
export function startTimer(ms: number, onEnd: () => void): () => void {
  if (ms === Infinity) return () => undefined;
  let timeout = setTimeout(fire, Math.min(ms, longestTimeoutMs));
  let remainingMs = ms - longestTimeoutMs;
  function fire(): void {
    if (remainingMs <= 0) {
      onEnd();
      return;
    }
    timeout = setTimeout(fire, Math.min(remainingMs, longestTimeoutMs));
    remainingMs -= longestTimeoutMs;
  }
  return () => clearTimeout(timeout);
}

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTimer } from "../src/timer.ts";

const longestMs = 2 ** 31 - 1;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([1, longestMs, longestMs + 1, 2 ** 32, 3 * longestMs + 500])(
  "ends after %i ms, and not before",
  (ms) => {
    const onEnd = vi.fn();
    startTimer(ms, onEnd);

    vi.advanceTimersByTime(Math.max(0, ms - 1));
    expect(onEnd).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(2);

    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  },
);

test("never ends after it was stopped, or where it has no end", () => {
  const onEnd = vi.fn();
  const stop = startTimer(longestMs + 10, onEnd);
  startTimer(Infinity, onEnd)();

  vi.advanceTimersByTime(longestMs + 5);
  stop();
  vi.advanceTimersByTime(longestMs);

  expect(onEnd).not.toHaveBeenCalled();
});

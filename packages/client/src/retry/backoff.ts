const firstCeilingMs = 500;
const highestCeilingMs = 20_000;

/**
 * How long to wait after the given failed attempt (1 for the first): any time up to a ceiling that doubles with each,
 * so that callers who failed together do not come back together.
 */
export function backoffMs(failedAttempts: number, random: () => number): number {
  return random() * Math.min(highestCeilingMs, firstCeilingMs * 2 ** (failedAttempts - 1));
}

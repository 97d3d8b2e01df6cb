const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before a try that follows failed ones: twice as long each time up to 30 s, and spread over the
 * upper half of that, so that the pages of a gateway that restarts do not come back in one moment.
 */
export function backoffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
  return ceiling * (0.5 + random() / 2);
}

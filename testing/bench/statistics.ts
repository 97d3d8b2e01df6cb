/** The middle figure; of an even number of figures, what lies between the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The middle and, where there is more than one figure, how far they lie apart: `812 (790–1,020)`. */
export function summary(figures: readonly number[], digits = 0): string {
  const show = (figure: number) =>
    figure.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (figures.length < 2) return show(median(figures));
  return `${show(median(figures))} (${show(Math.min(...figures))}–${show(Math.max(...figures))})`;
}

/** Each figure over its baseline of the same round. */
export function ratios(figures: readonly number[], baseline: readonly number[]): number[] {
  return figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN));
}

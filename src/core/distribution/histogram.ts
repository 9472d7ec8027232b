/** Counts of numbers in bins of one width. */
export interface Histogram {
  /** `edges[i]` to `edges[i + 1]` is bin i; the last bin holds its upper edge, too. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/**
 * @param range Ends of the axis; what lies beyond one counts in the bin at that end.
 * @param binCount At least 1.
 */
export function histogramOf(
  values: readonly number[],
  [low, high]: readonly [number, number],
  binCount: number,
): Histogram {
  const width = (high - low) / binCount;
  const counts = new Array<number>(binCount).fill(0);
  for (const value of values) {
    const bin = Math.max(0, Math.min(binCount - 1, Math.floor((value - low) / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: binCount + 1 }, (_, edge) => low + edge * width), counts };
}

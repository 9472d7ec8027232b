/** Half-open, in UTF-16 offsets. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Those that have something in common with `[first, last)`, found by halving: a long text is drawn in many pieces,
 * and each must not look at all of its marks.
 * @param sorted Neither starts nor ends ever decrease. Those without a width have something in common with what
 *   they are inside of.
 */
export function overlapping<T extends Stretch>(
  sorted: readonly T[],
  first: number,
  last: number,
): readonly T[] {
  const from = firstWhere(sorted, ({ end }) => end > first);
  const to = firstWhere(sorted, ({ start }) => start >= last);
  return from < to ? sorted.slice(from, to) : [];
}

/** The index of the first for which it holds, when it holds for all behind it; the length when for none. */
function firstWhere<T>(sorted: readonly T[], holds: (value: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle];
    if (value !== undefined && holds(value)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** How far two groups of numbers lie apart. */
import { histogramOf } from "./histogram.ts";

/** Fewer numbers than this in a group say too little about how it is spread. */
export const FEWEST = 10;

/** Bins of a histogram, and of the overlap that is computed from it. */
export const BIN_COUNT = 20;

/**
 * The overlap coefficient: the area that two histograms have in common, Σ_i min(p_i, q_i), where p_i and q_i are
 * the shares of each group in bin i (Inman and Bradley 1989). 1 for equal
 * histograms, 0 for ones that share no bin; undefined when a group is empty.
 */
export function overlapCoefficient(
  a: readonly number[],
  b: readonly number[],
  range: readonly [number, number],
): number | undefined {
  if (a.length === 0 || b.length === 0) {
    return undefined;
  }
  const [p, q] = [histogramOf(a, range, BIN_COUNT), histogramOf(b, range, BIN_COUNT)];
  const common = p.counts.reduce(
    (sum, count, bin) => sum + Math.min(count / a.length, (q.counts[bin] ?? 0) / b.length),
    0,
  );
  return Math.min(1, common);
}

/**
 * The area under the ROC curve: the chance that a number of `a` is larger than one of `b`, ties counting half
 * (the Mann-Whitney statistic U / (|a|·|b|); Hanley and McNeil 1982). 0.5 for groups that cannot be told apart;
 * undefined when one is empty. O(n log n).
 */
export function areaUnderCurve(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length === 0 || b.length === 0) {
    return undefined;
  }
  const sorted = [...b].sort((x, y) => x - y);
  let wins = 0;
  for (const value of a) {
    const below = countUpTo(sorted, (other) => other < value);
    const notAbove = countUpTo(sorted, (other) => other <= value);
    wins += (below + notAbove) / 2;
  }
  return wins / (a.length * b.length);
}

/** How many of sorted numbers come before the first that `holds` is false of. */
function countUpTo(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle];
    if (value !== undefined && holds(value)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The middle of the numbers, or the mean of the two in the middle; undefined for none. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  const [upper, lower] = [sorted[middle], sorted[middle - 1]];
  if (upper === undefined) {
    return undefined;
  }
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

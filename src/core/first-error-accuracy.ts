/**
 * How often a model finds the first error of a labelled chain: the measure of ProcessBench (arXiv 2412.06559,
 * section 3; github.com/QwenLM/ProcessBench, `code/run_eval.py`). A chain with an error counts where the first step
 * below the threshold is the very step its source names; one without where no step is.
 */

import type { Probability, StepIndex } from "./units.ts";
import { firstError, type StepRewards } from "./verdict.ts";

/** A chain that a source and a model have judged. */
export interface JudgedChain {
  /** The first wrong step by its source, -1 for none. */
  readonly said: StepIndex;
  /** Of all its steps. */
  readonly rewards: StepRewards;
}

/** How many of how many. */
export interface Share {
  readonly hits: number;
  readonly total: number;
}

export interface FirstErrorAccuracy {
  /** Chains with an error whose first one was found. */
  readonly erroneous: Share;
  /** Chains without an error in which none was found. */
  readonly correct: Share;
  /** The harmonic mean of both shares, in [0, 1]; 0 where both are 0, undefined without chains of either kind. */
  readonly f1: number | undefined;
}

/** Chains are judged by their first step strictly below the threshold. */
export function firstErrorAccuracy(
  chains: readonly JudgedChain[],
  threshold: Probability,
): FirstErrorAccuracy {
  const shareOf = (among: readonly JudgedChain[]): Share => ({
    hits: among.filter(({ said, rewards }) => firstError(rewards, threshold) === said).length,
    total: among.length,
  });
  return withF1(
    shareOf(chains.filter(({ said }) => said >= 0)),
    shareOf(chains.filter(({ said }) => said < 0)),
  );
}

function withF1(erroneous: Share, correct: Share): FirstErrorAccuracy {
  if (erroneous.total === 0 || correct.total === 0) {
    return { erroneous, correct, f1: undefined };
  }
  const [a, b] = [erroneous.hits / erroneous.total, correct.hits / correct.total];
  return { erroneous, correct, f1: a + b === 0 ? 0 : (2 * a * b) / (a + b) };
}

/** Thresholds above `from`, up to and with `to`, at which a chain counts. */
interface Interval {
  readonly from: number;
  readonly to: number;
  readonly isErroneous: boolean;
}

/** Undefined for a chain that counts at no threshold. */
function intervalOf({ said, rewards }: JudgedChain): Interval | undefined {
  const lowest = (of: StepRewards) =>
    of.reduce<number>((low, reward) => Math.min(low, reward ?? low), Infinity);
  if (said < 0) {
    return { from: -Infinity, to: lowest(rewards), isErroneous: false };
  }
  const from = rewards[said];
  const to = lowest(rewards.slice(0, said));
  return from === undefined || from >= to ? undefined : { from, to, isErroneous: true };
}

/**
 * The threshold with the best F1, as benchmarks choose it on a split: the middle of its stretch of equals, in
 * hundredths where that is still within. O(n log n).
 * @returns undefined without chains of both kinds, or where no threshold gives more than 0
 */
export function bestThreshold(
  chains: readonly JudgedChain[],
): { readonly threshold: Probability; readonly f1: number } | undefined {
  const totals = { erroneous: chains.filter(({ said }) => said >= 0).length, correct: 0 };
  totals.correct = chains.length - totals.erroneous;
  const intervals = chains.flatMap((chain) => intervalOf(chain) ?? []);
  const starts = intervals.toSorted((a, b) => a.from - b.from);
  const ends = intervals.toSorted((a, b) => a.to - b.to);
  const marks = [...new Set(intervals.flatMap(({ from, to }) => [from, to]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const hits = { erroneous: 0, correct: 0 };
  const count = ({ isErroneous }: Interval, by: 1 | -1) => {
    hits[isErroneous ? "erroneous" : "correct"] += by;
  };
  let best: { threshold: number; f1: number } | undefined;
  let [started, ended] = [0, 0];
  // Between two neighbouring marks nothing changes: every stretch is asked for once, at the mark that ends it.
  for (const [place, mark] of marks.entries()) {
    for (let one = starts[started]; one !== undefined && one.from < mark; one = starts[started]) {
      count(one, 1);
      started += 1;
    }
    for (let one = ends[ended]; one !== undefined && one.to < mark; one = ends[ended]) {
      count(one, -1);
      ended += 1;
    }
    const { f1 } = withF1(
      { hits: hits.erroneous, total: totals.erroneous },
      { hits: hits.correct, total: totals.correct },
    );
    if (f1 !== undefined && f1 > (best?.f1 ?? 0)) {
      best = { threshold: middleOf(marks[place - 1], mark), f1 };
    }
  }
  return best;
}

/** A number above `from` and up to `to`. */
function middleOf(from: number | undefined, to: number): number {
  const middle = ((from ?? to) + to) / 2;
  const rounded = Math.round(middle * 100) / 100;
  return rounded <= to && (from === undefined || rounded > from) ? rounded : middle;
}

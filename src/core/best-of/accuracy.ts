/**
 * How often best-of-n is right, computed over all subsets of n of the N candidates at once.
 *
 * For choosing by score this is the estimator of "Measuring Goodhart's law" (OpenAI, 2022; WebGPT, arXiv
 * 2112.09332): with the candidates sorted so that s_1 ≤ … ≤ s_N, and c_i = 1 where candidate i is right,
 *
 *   accuracy(n) = Σ_{i=n..N} C(i−1, n−1) / C(N, n) · c_i,
 *
 * since candidate i is the best of C(i−1, n−1) of the C(N, n) subsets. Candidates with equal scores are as likely
 * as one another to be taken, so each counts with the mean of its equals. The upper bound, at least one right
 * among the n, is pass@n (arXiv 2107.03374): 1 − C(N−c, n) / C(N, n).
 */

/** One candidate with a score, and whether its answer is right. */
export interface Judged {
  readonly score: number;
  readonly isCorrect: boolean;
  /** Equal for equal answers; undefined for a chain that states none. */
  readonly answer: string | undefined;
}

export interface AccuracyPoint {
  /** How many candidates are drawn. */
  readonly n: number;
  /** Expected accuracy of taking the one with the highest score. */
  readonly naive: number;
  /** Expected accuracy of the answer most of them give; ties are drawn by lot. Undefined for too many candidates. */
  readonly majority: number | undefined;
  /** Chance that at least one of them is right. */
  readonly any: number;
}

/** Majority goes over all subsets: 2^12 of them are counted in a few milliseconds. */
export const MOST_FOR_MAJORITY = 12;

/** The accuracy for n = 1 … N; empty without candidates. */
export function accuracyByN(candidates: readonly Judged[]): readonly AccuracyPoint[] {
  const total = candidates.length;
  const shares = correctShares(candidates);
  const wrong = candidates.filter(({ isCorrect }) => !isCorrect).length;
  const majority = total <= MOST_FOR_MAJORITY ? majorityByN(candidates) : [];
  return candidates.map((_, index) => {
    const n = index + 1;
    // P(candidate i is the best of n), from the best downwards: n/N, then times (N−i−n+1)/(N−i) a place.
    let chance = n / total;
    let naive = 0;
    let allWrong = 1;
    for (const [place, share] of shares.entries()) {
      naive += chance * share;
      chance *= Math.max(0, total - place - n) / Math.max(1, total - place - 1);
    }
    for (let drawn = 0; drawn < n; drawn += 1) {
      allWrong *= Math.max(0, wrong - drawn) / (total - drawn);
    }
    return { n, naive: clamp(naive), majority: majority[index], any: clamp(1 - allWrong) };
  });
}

/** Sums of rounded terms may leave the unit interval by a last digit. */
function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Whether the candidates are right, the highest score first; equals share what is right among them. */
function correctShares(candidates: readonly Judged[]): readonly number[] {
  const sorted = candidates.toSorted((a, b) => b.score - a.score);
  return sorted.map(({ score }) => {
    const equals = sorted.filter((other) => other.score === score);
    return equals.filter(({ isCorrect }) => isCorrect).length / equals.length;
  });
}

/** Goes over every subset. Without any answer in a subset nothing is chosen, which is not right. */
function majorityByN(candidates: readonly Judged[]): readonly number[] {
  const total = candidates.length;
  const groups = new Map<string, number>();
  const groupOf = candidates.map(({ answer }) => {
    if (answer === undefined) {
      return -1;
    }
    const known = groups.get(answer) ?? groups.size;
    groups.set(answer, known);
    return known;
  });
  const isRight = new Array<boolean>(groups.size).fill(false);
  for (const [index, group] of groupOf.entries()) {
    if (group >= 0) {
      isRight[group] ||= candidates[index]?.isCorrect ?? false;
    }
  }
  const sums = new Array<number>(total).fill(0);
  const subsets = new Array<number>(total).fill(0);
  for (let subset = 1; subset < 2 ** total; subset += 1) {
    const votes = new Array<number>(groups.size).fill(0);
    let n = 0;
    for (const [index, group] of groupOf.entries()) {
      if ((subset >> index) & 1) {
        n += 1;
        if (group >= 0) {
          votes[group] = (votes[group] ?? 0) + 1;
        }
      }
    }
    const most = Math.max(1, ...votes);
    const leaders = [...votes.keys()].filter((group) => votes[group] === most);
    const right = leaders.filter((group) => isRight[group]).length;
    sums[n - 1] = (sums[n - 1] ?? 0) + (leaders.length === 0 ? 0 : right / leaders.length);
    subsets[n - 1] = (subsets[n - 1] ?? 0) + 1;
  }
  return sums.map((sum, index) => sum / (subsets[index] ?? 1));
}

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

/** Majority goes over all subsets: 2^16 of them are counted in some tens of milliseconds. */
export const MOST_FOR_MAJORITY = 16;

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

/**
 * Goes over every subset in the order of a Gray code, so that one candidate comes or goes at a time. Where no
 * candidate of a subset states an answer nothing is chosen, which is not right.
 */
function majorityByN(candidates: readonly Judged[]): readonly number[] {
  const total = candidates.length;
  const answers = [...new Set(candidates.flatMap(({ answer }) => answer ?? []))];
  const isRight = answers.map((answer) => candidates.some((one) => one.answer === answer && one.isCorrect));
  const groupOf = candidates.map(({ answer }) => (answer === undefined ? -1 : answers.indexOf(answer)));
  const votes = new Int32Array(answers.length);
  const sums = new Float64Array(total);
  const subsets = new Float64Array(total);
  const isDrawn = new Array<boolean>(total).fill(false);
  let n = 0;
  for (let step = 1; step < 2 ** total; step += 1) {
    // The lowest set bit of the step is the one that changes between its code and the one before.
    const changed = 31 - Math.clz32(step & -step);
    const change = isDrawn[changed] === true ? -1 : 1;
    isDrawn[changed] = change === 1;
    n += change;
    const group = groupOf[changed] ?? -1;
    if (group >= 0) {
      votes[group] = (votes[group] ?? 0) + change;
    }
    let [most, leaders, right] = [1, 0, 0];
    for (let one = 0; one < votes.length; one += 1) {
      const count = votes[one] ?? 0;
      if (count > most) {
        [most, leaders, right] = [count, 0, 0];
      }
      if (count === most) {
        leaders += 1;
        right += isRight[one] === true ? 1 : 0;
      }
    }
    sums[n - 1] = (sums[n - 1] ?? 0) + (leaders === 0 ? 0 : right / leaders);
    subsets[n - 1] = (subsets[n - 1] ?? 0) + 1;
  }
  return Array.from(sums, (sum, index) => sum / (subsets[index] ?? 1));
}

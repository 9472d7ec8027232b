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
  /** Equal for equal answers; undefined for a chain that states none. Chains of one answer may be judged apart. */
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

/** The work of counting majorities grows with the cube of the candidates: these take tens of milliseconds. */
export const MOST_FOR_MAJORITY = 128;

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
 * Counts the subsets by how their votes fall, without going over them: for each highest count of votes m, every answer
 * has fewer votes or is one of the leaders with m. Where no candidate of a subset states an answer nothing is chosen,
 * which is not right. Where chains of one answer are judged apart, a chosen answer is right by the share of its chains
 * that are: as if one of those that were drawn were taken, so that a choice is never above one right among them.
 * @returns one for each n = 1 … N
 */
function majorityByN(candidates: readonly Judged[]): readonly number[] {
  const total = candidates.length;
  const answers = countAnswers(candidates);
  const silent = candidates.filter(({ answer }) => answer === undefined).length;
  const most = Math.max(0, ...answers.map(({ votes }) => votes));
  const sums = new Float64Array(total + 1);
  for (let lead = 1; lead <= most; lead += 1) {
    addSubsetsLedBy(lead, answers, silent, sums);
  }
  return candidates.map((_, index) => clamp((sums[index + 1] ?? 0) / choose(total, index + 1)));
}

interface AnswerCount {
  readonly votes: number;
  /** Of its chains, how many are right. */
  readonly right: number;
}

function countAnswers(candidates: readonly Judged[]): readonly AnswerCount[] {
  const counts = new Map<string, AnswerCount>();
  for (const { answer, isCorrect } of candidates) {
    if (answer !== undefined) {
      const { votes, right } = counts.get(answer) ?? { votes: 0, right: 0 };
      counts.set(answer, { votes: votes + 1, right: right + (isCorrect ? 1 : 0) });
    }
  }
  return [...counts.values()];
}

/** Subsets with so many leaders, by their size. */
interface Led {
  readonly ways: Float64Array;
  /** The same, each with the sum of its leaders' shares of right chains. */
  readonly shares: Float64Array;
}

/** Adds, to each n, the mean share of right chains among the leaders of every subset of n whose leaders have `lead` votes. */
function addSubsetsLedBy(
  lead: number,
  answers: readonly AnswerCount[],
  silent: number,
  sums: Float64Array,
): void {
  const size = sums.length;
  const nobody = Float64Array.from({ length: size }, (_, n) => choose(silent, n));
  let byLeaders: readonly Led[] = [{ ways: nobody, shares: new Float64Array(size) }];
  for (const { votes, right } of answers) {
    const next = Array.from(
      { length: byLeaders.length + (votes >= lead ? 1 : 0) },
      (): Led => ({
        ways: new Float64Array(size),
        shares: new Float64Array(size),
      }),
    );
    for (const [leaders, { ways, shares }] of byLeaders.entries()) {
      for (let drawn = 0; drawn <= Math.min(votes, lead); drawn += 1) {
        const into = next[drawn < lead ? leaders : leaders + 1];
        if (into !== undefined) {
          const count = choose(votes, drawn);
          addShifted(into.ways, ways, drawn, count);
          addShifted(into.shares, shares, drawn, count);
          if (drawn === lead) {
            addShifted(into.shares, ways, drawn, (count * right) / votes);
          }
        }
      }
    }
    byLeaders = next;
  }
  for (const [leaders, { shares }] of byLeaders.entries()) {
    if (leaders > 0) {
      addShifted(sums, shares, 0, 1 / leaders);
    }
  }
}

function addShifted(into: Float64Array, counts: Float64Array, shift: number, factor: number): void {
  for (let n = shift; n < into.length; n += 1) {
    into[n] = (into[n] ?? 0) + (counts[n - shift] ?? 0) * factor;
  }
}

/** Binomial coefficient, as a double: C(128, 64) is about 2e37. */
function choose(n: number, k: number): number {
  if (k < 0 || k > n) {
    return 0;
  }
  let value = 1;
  for (let drawn = 0; drawn < Math.min(k, n - k); drawn += 1) {
    value = (value * (n - drawn)) / (drawn + 1);
  }
  return value;
}

/** A stretch of steps that was chosen, and what its rewards come to. */
import type { StepScore } from "./trace.ts";
import type { Probability, StepIndex } from "./units.ts";

/** Both ends belong to it. The anchor stays where it was put while the other end is moved. */
export interface StepRange {
  readonly anchor: StepIndex;
  readonly head: StepIndex;
}

export function endsOf({ anchor, head }: StepRange): readonly [first: StepIndex, last: StepIndex] {
  return anchor <= head ? [anchor, head] : [head, anchor];
}

/** Of the steps with a reward. */
export interface RangeRewards {
  readonly mean: Probability;
  /** The first of equals. */
  readonly min: { readonly index: StepIndex; readonly reward: Probability };
  readonly max: { readonly index: StepIndex; readonly reward: Probability };
  /** Of the first and the last step that have one. */
  readonly first: Probability;
  readonly last: Probability;
  /** Of these steps in the model's input, separators included. */
  readonly tokens: number;
}

export interface RangeStatistics {
  readonly count: number;
  /** How many of them have a reward. */
  readonly scored: number;
  /** Absent when none has a reward. */
  readonly rewards?: RangeRewards;
}

/** Linear in the length of the range. */
export function rangeStatistics(
  scores: readonly (StepScore | undefined)[],
  range: StepRange,
): RangeStatistics {
  const [from, to] = endsOf(range);
  const steps = scores.slice(from, to + 1);
  const scored = steps.filter((score) => score !== undefined);
  const [first] = scored;
  const last = scored.at(-1);
  if (first === undefined || last === undefined) {
    return { count: steps.length, scored: 0 };
  }
  let [min, max, sum, tokens] = [first, first, 0, 0];
  for (const score of scored) {
    min = score.reward < min.reward ? score : min;
    max = score.reward > max.reward ? score : max;
    sum += score.reward;
    tokens += score.read.tokens[1] - score.read.tokens[0];
  }
  const place = ({ index, reward }: StepScore) => ({ index, reward });
  return {
    count: steps.length,
    scored: scored.length,
    rewards: {
      mean: sum / scored.length,
      min: place(min),
      max: place(max),
      first: first.reward,
      last: last.reward,
      tokens,
    },
  };
}

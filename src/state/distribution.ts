/** Two groups of numbers whose distributions are compared. Pure. */
import type { AggregateId } from "../core/aggregate/index.ts";
import type { Lane } from "../core/trace.ts";
import type { Entry } from "./best-of.ts";
import type { Run } from "./runs.ts";

export interface Group {
  readonly label: string;
  /** Of a side of a comparison; stands for the label in a sentence, where that is long. */
  readonly letter?: "A" | "B";
  readonly values: readonly number[];
}

export type GroupPair = readonly [Group, Group];

/** What is counted: the rewards of steps, or one score a chain. */
export type Measure = "steps" | "scores";

/** The rewards of a run's steps, all or of one lane. */
function rewardsIn({ trace, scores }: Run, lane?: Lane): readonly number[] {
  return trace.steps.flatMap((step) => {
    const reward = scores[step.index]?.reward;
    return reward === undefined || (lane !== undefined && step.lane !== lane) ? [] : [reward];
  });
}

export function laneGroups(runs: readonly Run[]): GroupPair {
  return [
    { label: "thinking", values: runs.flatMap((run) => rewardsIn(run, "thinking")) },
    { label: "response", values: runs.flatMap((run) => rewardsIn(run, "response")) },
  ];
}

export function runGroups(a: Run, b: Run): GroupPair {
  return [
    { label: "A", letter: "A", values: rewardsIn(a) },
    { label: "B", letter: "B", values: rewardsIn(b) },
  ];
}

/** Chains with a right answer against those with a wrong one; those of which it is not known are left out. */
export function correctnessGroups(
  entries: readonly Entry[],
  measure: Measure,
  aggregate: AggregateId,
): GroupPair {
  const valuesOf = (wanted: boolean) =>
    entries
      .filter(({ isCorrect }) => isCorrect === wanted)
      .flatMap(({ candidate, scores }) => {
        const score = scores[aggregate];
        return measure === "steps" ? rewardsIn(candidate.run) : score === undefined ? [] : [score];
      });
  return [
    { label: "right", values: valuesOf(true) },
    { label: "wrong", values: valuesOf(false) },
  ];
}

/** Ends of an axis that holds all values and, at least, the least one, whose ends may be infinite: then it is the values'. */
export function rangeOf(
  [first, second]: GroupPair,
  least: readonly [number, number],
): readonly [number, number] {
  const ends = [...least.filter(Number.isFinite)];
  let low = Math.min(...ends);
  let high = Math.max(...ends);
  for (const value of [...first.values, ...second.values]) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // An axis of no width has no bins.
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

/** The least axis that holds both. */
export function jointRange(
  a: readonly [number, number],
  b: readonly [number, number],
): readonly [number, number] {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

/** How sources write what they think of a step. */
import type { StepLabel } from "../core/chain-record.ts";

/** Math-Shepherd's marks, which RLHFlow's data have from it. */
export const MARKS: ReadonlyMap<string | undefined, StepLabel> = new Map([
  ["+", "good"],
  ["-", "bad"],
]);

/** PRM800K's ratings. */
export const RATINGS: ReadonlyMap<number | null | undefined, StepLabel> = new Map([
  [1, "good"],
  [0, "neutral"],
  [-1, "bad"],
]);

/**
 * The first bad step, by labels of single steps. Undefined where a step before it, or any of a chain without a
 * bad one, has no label: the source does not say then.
 */
export function firstErrorOf(labels: readonly (StepLabel | null)[]): number | undefined {
  const first = labels.findIndex((label) => label === "bad" || label === null);
  return first >= 0 && labels[first] === null ? undefined : first;
}

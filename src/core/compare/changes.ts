/** What became of every step between two scored chains, A the reference and B the other. */
import type { Probability } from "../units.ts";
import type { StepRewards } from "../verdict.ts";
import type { AlignedRow } from "./align.ts";

/**
 * `regressed` and `improved`: B's reward is lower or higher by `LEAST_CHANGE` or more. `unknown`: a pair of which
 * a reward is missing.
 */
export type ChangeKind = "regressed" | "improved" | "same" | "unknown" | "only-a" | "only-b";

export interface ComparedRow extends AlignedRow {
  readonly kind: ChangeKind;
  /** Absent where a step was not scored, or is not there. */
  readonly rewardA?: Probability;
  readonly rewardB?: Probability;
  /** B's reward minus A's; absent unless there are both. */
  readonly change?: number;
}

/**
 * The one measure of what counts as a change, wherever changes are counted, coloured or filtered. Less is what another
 * device, another precision or another order of sums makes of the same model, and +0.01 is nothing to a reader either.
 */
export const LEAST_CHANGE = 0.02;

/** What subtracting two numbers of a few decimals adds: 0.94 − 0.92 is a change, too. */
const ROUNDING = 1e-9;

function kindOf({ a, b }: AlignedRow, change: number | undefined): ChangeKind {
  if (a === undefined || b === undefined) {
    return a === undefined ? "only-b" : "only-a";
  }
  if (change === undefined) {
    return "unknown";
  }
  if (Math.abs(change) < LEAST_CHANGE - ROUNDING) {
    return "same";
  }
  return change < 0 ? "regressed" : "improved";
}

/** Puts the rewards of both chains beside their aligned steps. */
export function compareRewards(
  rows: readonly AlignedRow[],
  a: StepRewards,
  b: StepRewards,
): readonly ComparedRow[] {
  return rows.map((row) => {
    const rewardA = row.a === undefined ? undefined : a[row.a];
    const rewardB = row.b === undefined ? undefined : b[row.b];
    const change = rewardA === undefined || rewardB === undefined ? undefined : rewardB - rewardA;
    return {
      ...row,
      kind: kindOf(row, change),
      ...(rewardA === undefined ? {} : { rewardA }),
      ...(rewardB === undefined ? {} : { rewardB }),
      ...(change === undefined ? {} : { change }),
    };
  });
}

/** Row numbers by how much the reward changed, the largest first; rows without a change come last, in order. */
export function byLargestChange(rows: readonly ComparedRow[]): readonly number[] {
  const size = (index: number) => {
    const change = rows[index]?.change;
    return change === undefined ? UNCHANGED : Math.abs(change);
  };
  return [...rows.keys()].sort((x, y) => size(y) - size(x) || x - y);
}

/** Less than any change. */
const UNCHANGED = -1;

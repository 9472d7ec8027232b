/** The rules that turn step rewards into a trajectory score, in the menu's order. */
import type { Probability } from "../units.ts";
import { type Aggregate, type AggregateInput, normalise } from "./aggregate.ts";
import { geometricMean } from "./geometric-mean.ts";
import { last } from "./last.ts";
import { mean } from "./mean.ts";
import { min } from "./min.ts";
import { product } from "./product.ts";
import { reasonflux } from "./reasonflux.ts";

/** Every aggregate. */
export const AGGREGATES = [
  min,
  product,
  geometricMean,
  mean,
  last,
  reasonflux,
] as const satisfies readonly Aggregate[];

/** The name of an aggregate. */
export type AggregateId = (typeof AGGREGATES)[number]["id"];

/** The aggregate to show when none is chosen: ReasonFlux's, where the trajectory has a reward of its own. */
export function defaultAggregate(hasTrajectoryReward: boolean): AggregateId {
  return hasTrajectoryReward ? "reasonflux" : "mean";
}

/**
 * Bounds of the weight of the trajectory reward. The paper tries 0.1 to 1.5 (arXiv 2506.18896); its
 * default choice is 1.
 */
export const ALPHA = { min: 0, max: 2, default: 1, step: 0.05 } as const;

/** What one aggregate says of a trajectory. */
export interface AggregateVote {
  readonly id: AggregateId;
  /** The value mapped from its range onto [0, 1], so that different aggregates can be compared. */
  readonly normalised: Probability;
}

/** Which aggregates put a trajectory below the threshold, and which do not. */
export interface Disagreement {
  readonly below: readonly AggregateVote[];
  readonly notBelow: readonly AggregateVote[];
  /** Whether both lists have members: the verdict depends on the choice of aggregate. */
  readonly disagrees: boolean;
}

/**
 * Asks every aggregate that can be computed; those that cannot are in neither list.
 * @param threshold Of a step reward, in its range.
 */
export function disagreement(input: AggregateInput, threshold: number): Disagreement {
  const bar = normalise({ value: threshold, range: input.rewardRange });
  const below: AggregateVote[] = [];
  const notBelow: AggregateVote[] = [];
  for (const { id, compute } of AGGREGATES) {
    const result = compute(input);
    if (result !== undefined) {
      const normalised = normalise(result);
      (normalised < bar ? below : notBelow).push({ id, normalised });
    }
  }
  return { below, notBelow, disagrees: below.length > 0 && notBelow.length > 0 };
}

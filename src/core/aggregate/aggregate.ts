import type { Probability } from "../units.ts";

/** What an aggregate is computed from. */
export interface AggregateInput {
  /** The step rewards in order; only steps that were scored. */
  readonly rewards: readonly Probability[];
  /** The least and the greatest number that a step reward of the model can be. */
  readonly rewardRange: readonly [low: number, high: number];
  /** The model's own reward for the whole trajectory, when it has one. */
  readonly trajectoryReward?: Probability;
  /** Weight of the trajectory reward, within `ALPHA`'s bounds. Only `reasonflux` reads it. */
  readonly alpha: number;
  /** Whether the mean of the step rewards counts; off is an ablation. Only `reasonflux` reads it. */
  readonly useSteps: boolean;
  /** Whether the trajectory reward counts; off is an ablation. Only `reasonflux` reads it. */
  readonly useTrajectory: boolean;
}

/** A number the result was made of, with words for it. */
export interface AggregateTerm {
  readonly label: string;
  readonly value: number;
}

/** A trajectory score and how it came about. */
export interface AggregateResult {
  readonly value: number;
  readonly terms: readonly AggregateTerm[];
  /** The least and the greatest `value` any rewards could give under the same settings. */
  readonly range: readonly [number, number];
}

/** A rule that turns step rewards into one number. */
export interface Aggregate {
  /** The file's name; stable, used in exported files. */
  readonly id: string;
  readonly label: string;
  /** The rule as plain text; r_1 … r_T are the step rewards. */
  readonly formula: string;
  /** The paper or model card the rule comes from. */
  readonly source: string;
  /** Whether the rule reads the model's own trajectory reward. */
  readonly needsTrajectory: boolean;
  /** Undefined when there is nothing to compute it from; never 0 for want of data. */
  compute(input: AggregateInput): AggregateResult | undefined;
}

/** A result mapped from its range onto [0, 1]. */
export function normalise({
  value,
  range: [low, high],
}: Pick<AggregateResult, "value" | "range">): Probability {
  return high > low ? (value - low) / (high - low) : 0;
}

/** Range of a probability, whatever the model's rewards are. */
export const UNIT_RANGE = [0, 1] as const;

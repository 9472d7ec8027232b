/** https://arxiv.org/abs/2502.06703 (compute-optimal test-time scaling): "PRM-Avg". */
import type { Aggregate, AggregateInput, AggregateResult } from "./aggregate.ts";
import { meanOf } from "./statistics.ts";

/** The average step; a single bad step weighs the less the longer the chain. */
export const mean = {
  id: "mean",
  label: "Mean",
  formula: "(r_1 + r_2 + … + r_T) / T",
  source: "PRM-Avg, arXiv 2502.06703",
  needsTrajectory: false,
  compute({ rewards, rewardRange }: AggregateInput): AggregateResult | undefined {
    const value = meanOf(rewards);
    if (value === undefined) {
      return undefined;
    }
    return { value, terms: [{ label: "number of steps", value: rewards.length }], range: rewardRange };
  },
} as const satisfies Aggregate;

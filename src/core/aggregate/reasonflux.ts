/**
 * https://arxiv.org/abs/2506.18896 (ReasonFlux-PRM): the trajectory score of its data selection and
 * Best-of-N. The paper's ablation of alpha does best between 1.0 and 1.5.
 */
import type { Aggregate, AggregateInput, AggregateResult, AggregateTerm } from "./aggregate.ts";
import { meanOf } from "./statistics.ts";

/**
 * Mean step reward plus alpha times the trajectory reward; switching a term off is its ablation. The
 * range is that of the rewards, weighted; the trajectory reward is a probability. Undefined when a term that counts has no number,
 * or when no term carries weight.
 */
export const reasonflux = {
  id: "reasonflux",
  label: "ReasonFlux",
  formula: "(r_1 + … + r_T) / T + α · r_trajectory",
  source: "ReasonFlux-PRM, arXiv 2506.18896",
  needsTrajectory: true,
  compute(input: AggregateInput): AggregateResult | undefined {
    const { rewards, rewardRange, trajectoryReward, alpha, useSteps, useTrajectory } = input;
    const stepMean = meanOf(rewards);
    const [low, high] = useSteps ? rewardRange : [0, 0];
    const highest = high + (useTrajectory ? alpha : 0);
    if (stepMean === undefined || highest === 0) {
      return undefined;
    }
    const terms: AggregateTerm[] = [];
    if (useSteps) {
      terms.push({ label: "mean step reward", value: stepMean });
    }
    if (useTrajectory) {
      if (trajectoryReward === undefined) {
        return undefined;
      }
      terms.push({ label: "α · trajectory reward", value: alpha * trajectoryReward });
    }
    const value = terms.reduce((sum, term) => sum + term.value, 0);
    return { value, terms, range: [low, highest] };
  },
} as const satisfies Aggregate;

/** https://arxiv.org/abs/2408.03314 (Snell et al.): the reward at the last step stands for the whole. */
import type { Aggregate, AggregateInput, AggregateResult } from "./aggregate.ts";

/** The reward of the last step; suits models trained on Monte Carlo estimates of the outcome. */
export const last = {
  id: "last",
  label: "Last step",
  formula: "r_T",
  source: "Scaling LLM Test-Time Compute Optimally, arXiv 2408.03314",
  needsTrajectory: false,
  compute({ rewards, rewardRange }: AggregateInput): AggregateResult | undefined {
    const value = rewards.at(-1);
    if (value === undefined) {
      return undefined;
    }
    return { value, terms: [{ label: `reward of step ${rewards.length}`, value }], range: rewardRange };
  },
} as const satisfies Aggregate;

/** https://arxiv.org/abs/2312.08935 (Math-Shepherd), section 3: "the minimum score across all steps". */
import type { Aggregate, AggregateInput, AggregateResult } from "./aggregate.ts";
import { lowestOf } from "./statistics.ts";

/** A chain is as good as its weakest step. */
export const min = {
  id: "min",
  label: "Minimum",
  formula: "min(r_1, …, r_T)",
  source: "Math-Shepherd, arXiv 2312.08935",
  needsTrajectory: false,
  compute({ rewards, rewardRange }: AggregateInput): AggregateResult | undefined {
    const lowest = lowestOf(rewards);
    if (lowest === undefined) {
      return undefined;
    }
    const { index, value } = lowest;
    return { value, terms: [{ label: `reward of step ${index + 1}`, value }], range: rewardRange };
  },
} as const satisfies Aggregate;

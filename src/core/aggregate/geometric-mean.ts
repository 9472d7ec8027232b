/**
 * The product of https://arxiv.org/abs/2305.20050 freed of its length bias: the one reward that,
 * repeated T times, would give the same product. The T-th root is Stepscope's own addition.
 */
import { type Aggregate, type AggregateInput, type AggregateResult, UNIT_RANGE } from "./aggregate.ts";
import { logProduct, lowestOf } from "./statistics.ts";

/** The product per step; comparable between chains of different length. */
export const geometricMean = {
  id: "geometric-mean",
  label: "Geometric mean",
  formula: "(r_1 · r_2 · … · r_T)^(1/T)",
  source: "length-normalised product of arXiv 2305.20050",
  needsTrajectory: false,
  compute({ rewards }: AggregateInput): AggregateResult | undefined {
    const lowest = lowestOf(rewards);
    // A reward below 0 (a difference of probabilities) is no factor of a probability.
    if (lowest === undefined || lowest.value < 0) {
      return undefined;
    }
    const log = logProduct(rewards);
    let highest = lowest.value;
    for (const reward of rewards) {
      highest = Math.max(highest, reward);
    }
    const value = Math.min(Math.max(Math.exp(log / rewards.length), lowest.value), highest);
    const steps = { label: "number of steps", value: rewards.length };
    const terms = lowest.value === 0 ? [steps] : [{ label: "sum of ln r_t", value: log }, steps];
    // A reward of exactly 0 makes it 0, as it makes the product.
    return { value: lowest.value === 0 ? 0 : value, terms, range: UNIT_RANGE };
  },
} as const satisfies Aggregate;

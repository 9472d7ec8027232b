/**
 * https://arxiv.org/abs/2305.20050 (Let's Verify Step by Step): the probability that every step is
 * right, if steps go wrong independently. It has a length bias: every further step, however good,
 * lowers it (40 steps of 0.95 give 0.13), so compare it only between chains of like length, or use
 * the geometric mean. Summed as logarithms, so that only the last step of the sum can underflow.
 */
import { type Aggregate, type AggregateInput, type AggregateResult, UNIT_RANGE } from "./aggregate.ts";
import { logProduct, lowestOf } from "./statistics.ts";

/** The probability that no step is wrong; falls with every step. */
export const product = {
  id: "product",
  label: "Product",
  formula: "r_1 · r_2 · … · r_T",
  source: "Let's Verify Step by Step, arXiv 2305.20050",
  needsTrajectory: false,
  compute({ rewards }: AggregateInput): AggregateResult | undefined {
    const lowest = lowestOf(rewards);
    // A reward below 0 (a difference of probabilities) is no factor of a probability.
    if (lowest === undefined || lowest.value < 0) {
      return undefined;
    }
    const log = logProduct(rewards);
    // No product of probabilities exceeds its least factor; exp(log(x)) may by a rounding.
    const value = Math.min(Math.exp(log), lowest.value);
    const steps = { label: "number of steps", value: rewards.length };
    const terms = lowest.value === 0 ? [steps] : [{ label: "sum of ln r_t", value: log }, steps];
    return { value, terms, range: UNIT_RANGE };
  },
} as const satisfies Aggregate;

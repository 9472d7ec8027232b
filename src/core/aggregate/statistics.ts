/** Sums with the bounds the aggregates promise; all loops, because `Math.min(...x)` overflows the stack. */
import type { Probability, StepIndex } from "../units.ts";

/** The mean, kept within the values' own bounds (rounding would otherwise leave them), or undefined. */
export function meanOf(values: readonly number[]): number | undefined {
  const lowest = lowestOf(values);
  if (lowest === undefined) {
    return undefined;
  }
  let sum = 0;
  let highest = lowest.value;
  for (const value of values) {
    sum += value;
    highest = Math.max(highest, value);
  }
  return Math.min(Math.max(sum / values.length, lowest.value), highest);
}

/** The first of the lowest values and its place, or undefined. */
export function lowestOf(values: readonly number[]): { index: StepIndex; value: number } | undefined {
  let lowest: { index: StepIndex; value: number } | undefined;
  for (const [index, value] of values.entries()) {
    if (lowest === undefined || value < lowest.value) {
      lowest = { index, value };
    }
  }
  return lowest;
}

/**
 * The natural logarithm of the product: -Infinity when a reward is exactly 0. A product of 2,000
 * rewards of 0.5 is too small for a double; its logarithm is not.
 */
export function logProduct(rewards: readonly Probability[]): number {
  let sum = 0;
  for (const reward of rewards) {
    sum += Math.log(reward);
  }
  return sum;
}

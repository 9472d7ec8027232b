/** Where a model and the arithmetic of a step contradict one another: the model is inspected, too. */
import type { StepCheck } from "./arithmetic/check.ts";
import type { Probability, StepIndex } from "./units.ts";
import type { StepRewards } from "./verdict.ts";

/**
 * `happy-but-wrong`: a reward at or above the threshold for arithmetic that is wrong, likely a false positive of the
 * model. `unhappy-but-right`: a reward below it although all arithmetic of the step was recomputed and is right; the
 * step may be wrong in another way.
 */
export type DisagreementKind = "happy-but-wrong" | "unhappy-but-right";

export interface Disagreement {
  readonly index: StepIndex;
  readonly kind: DisagreementKind;
  readonly reward: Probability;
  /** In (0, 1] for the unhappy, in [1, 2] for the happy: wrong arithmetic is certain, its absence proves little. */
  readonly strength: number;
}

/** Whether the sums of a step were recomputed to an end: with any reward, model and arithmetic can then part. */
export function canBeDisputed({ status }: Pick<StepCheck, "status">): boolean {
  return status !== "unchecked" && status !== "partly";
}

interface DisagreementOptions {
  readonly threshold: Probability;
  /** Lowest and highest reward there can be. */
  readonly range: readonly [number, number];
}

/** @returns The strongest first; of equals the earlier step first. Steps without a reward or a check are in none. */
export function findDisagreements(
  rewards: StepRewards,
  checks: readonly StepCheck[],
  { threshold, range: [low, high] }: DisagreementOptions,
): readonly Disagreement[] {
  const found = checks.flatMap((check, index): Disagreement[] => {
    const reward = rewards[index];
    if (reward === undefined || !canBeDisputed(check)) {
      return [];
    }
    if (check.status === "wrong") {
      const strength = 1 + share(reward - threshold, high - threshold);
      return reward < threshold ? [] : [{ index, kind: "happy-but-wrong", reward, strength }];
    }
    const strength = share(threshold - reward, threshold - low);
    return reward < threshold ? [{ index, kind: "unhappy-but-right", reward, strength }] : [];
  });
  return found.sort((a, b) => b.strength - a.strength || a.index - b.index);
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 1;
}

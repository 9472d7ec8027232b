/**
 * What the step rewards say against a threshold. A step without a reward is never bad and never good: it is
 * skipped.
 */
import type { ScoredTrace } from "./trace.ts";
import type { Probability, StepIndex } from "./units.ts";

/** Step rewards in step order, undefined where a step was not scored. */
export type StepRewards = readonly (Probability | undefined)[];

/** A result's rewards laid out over all steps of its trace. */
export function stepRewards(scored: ScoredTrace): (Probability | undefined)[] {
  const rewards = new Array<Probability | undefined>(scored.stepCount).fill(undefined);
  for (const { index, reward } of scored.steps) {
    if (index < rewards.length) {
      rewards[index] = reward;
    }
  }
  return rewards;
}

/** Index of the first step whose reward is strictly below the threshold, -1 for none. */
export function firstError(rewards: StepRewards, threshold: Probability): StepIndex {
  return rewards.findIndex((reward) => reward !== undefined && reward < threshold);
}

/** Indices of all steps whose reward is strictly below the threshold, increasing. */
export function badSteps(rewards: StepRewards, threshold: Probability): StepIndex[] {
  const bad: StepIndex[] = [];
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined && reward < threshold) {
      bad.push(index);
    }
  }
  return bad;
}

/** The step with the lowest reward, the first of equals; undefined when none was scored. */
export function worstStep(rewards: StepRewards): { index: StepIndex; reward: Probability } | undefined {
  let worst: { index: StepIndex; reward: Probability } | undefined;
  for (const [index, reward] of rewards.entries()) {
    if (reward !== undefined && (worst === undefined || reward < worst.reward)) {
      worst = { index, reward };
    }
  }
  return worst;
}
